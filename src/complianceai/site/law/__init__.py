"""The law for anybody to read: every duty, what changed when, and how old each check is. Needs no account."""
