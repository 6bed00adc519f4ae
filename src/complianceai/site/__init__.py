"""The look and the outer wall of every page: layout, components, static files, refusals, headers, limits, languages."""
