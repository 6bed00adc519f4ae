"""Those who run the site: who they are, their second factor, and what the tenants are told of their looks."""
