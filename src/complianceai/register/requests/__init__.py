"""Documents asked of a client, one by one, through a link that needs no account.

What is sent waits beside the task until somebody who works on it takes it as evidence or refuses it.
"""
