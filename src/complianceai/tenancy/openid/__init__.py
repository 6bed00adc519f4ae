"""Signing in by an account elsewhere, by OpenID Connect: what goes there, and what of the answers can be believed."""
