"""Backups that were proved to be whole, and what comes back out of them (docs/backups.md)."""
