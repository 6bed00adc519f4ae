"""Measurements of what the project promises about speed; one file each, found by listing."""
