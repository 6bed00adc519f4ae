"""Reminders that arrive once: planned by the clock, kept until a person may be disturbed, sent by workers.

How it hangs together:

- `ladder` says which rung a date has reached, and `planning` who is told of it where. Both are pure.
- `keeping` runs the plan over companies that have news. Each notice is a row of `alerts` whose key is unique, so two
  workers, or one that was killed and begins anew, write it once.
- A row of the channel `app` is what the person sees. One of `mail` or `chat` waits until `posting` gives it to a job of
  the outbox, in the transaction that marks it as given: at once, or after quiet hours, or with the next digest.
- `sending` looks again before it sends: a task that was closed or moved, or a person who left, is told of nothing.
- `following` makes alerts of what people do to tasks: mentions, assignments, reviews.
- `hooks` calls the programs of others: signed, retried, logged.
"""
