"""The questions that describe a company, and the way from answers to a profile and back."""
