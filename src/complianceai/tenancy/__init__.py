"""People, sessions, companies, members, roles, and the scope every query passes through."""
