"""Figures for Prometheus: what this process counted, and what the database knows (docs/watching.md)."""

# The folder in which several processes share what they count; read by the library as it is imported.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
