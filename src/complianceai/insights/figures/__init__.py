"""The operator's figures, each defined in docs/figures.md to the rupee and the day."""
