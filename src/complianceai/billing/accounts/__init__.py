"""Accounts: who pays, for whom, on which plan."""
