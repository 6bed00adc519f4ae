"""Layout, components, static files, the one table from error to reply, limits and headers."""
