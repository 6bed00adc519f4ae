"""The trail of a company as its members read it: a page, an export, and both as JSON."""
