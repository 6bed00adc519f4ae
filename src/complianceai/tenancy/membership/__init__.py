"""Who belongs to a company: its members, their roles, and the invitations by which they come."""
