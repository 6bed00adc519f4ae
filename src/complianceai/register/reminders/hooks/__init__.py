"""Programs of others that are called when something happens: signed, retried with back-off, logged, paused, sent again.

What they receive and how they check the signature is told in docs/webhooks.md.
"""
