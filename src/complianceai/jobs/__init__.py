"""Durable background work and schedules: what the outbox asks for, done by workers that may be killed at any moment."""
