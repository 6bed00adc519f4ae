"""From the embedded database to a server, whole, in one go or in several (docs/moving-to-postgres.md)."""
