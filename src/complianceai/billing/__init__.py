"""Plans and what they allow, who pays for a company, and what is used of it (docs/decisions/0016-plans.md)."""
