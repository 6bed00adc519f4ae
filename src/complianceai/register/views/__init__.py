"""Filters of lists that somebody keeps under a name of their own."""
