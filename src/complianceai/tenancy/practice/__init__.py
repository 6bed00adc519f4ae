"""Practices: firms of accountants and secretaries, their people and teams, and the clients that they look after."""
