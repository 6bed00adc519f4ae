"""Corrections in the operator's console: looked at, tried, and made into something or set aside by a person."""
