"""The books in double entry: each move takes an amount from one account to another, so that they always balance."""
