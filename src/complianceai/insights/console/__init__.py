"""Whom the product serves and how it is run, for operators."""
