"""What people do, counted by pseudonym where they agreed to it, at no cost to what they do."""
