"""What is used of a plan: counted as it is added, so that nobody has to count it again."""
