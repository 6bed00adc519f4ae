"""Private calendar feeds: an address that only its person knows, which a calendar fetches by itself.

What is in a feed is decided anew at each fetch, by what its person reaches on that day; an event keeps its UID, and its
SEQUENCE grows with every change of its task. A feed that was revoked is as if it had never been.
"""
