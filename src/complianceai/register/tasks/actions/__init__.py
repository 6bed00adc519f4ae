"""Every write of a company's tasks by a person, each in one transaction with its row of the trail."""
