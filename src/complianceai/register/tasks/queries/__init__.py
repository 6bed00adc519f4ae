"""Every read of a company's tasks."""
