"""A company's duties as work: kept in step with the law, moved from state to state, approved by somebody else.

How it hangs together:

- `wanted` says what a company owes: the engine's dates, its own custom duties, the dates of its notices, one row each.
- `sync` compares that with the tasks there are (pure: created, moved, refreshed, closed, reopened), and `keeping`
  writes the difference in one transaction with one row of the trail. It runs when a company is made or its profile
  changes (`tenancy.followers`), when a page or a program looks (`keep_in_step`), and by the clock (`keep_all_in_step`).
- What people write stands in columns and tables that the sync never touches.
- `states` holds the states and the steps between them as data: from where, to where, by which deed, needing what.
- `policies` says which role may do which deed, and that nobody approves what they worked on. `task_makers` remembers
  for good who worked on a task; the database refuses an approval by one of them (migration 0009).
- `proof` is what an approval is bound to: canonical JSON of the filing's facts and of the hashes in `task_evidence`.
  Whoever keeps files adds a row there by `actions.evidence`, in the transaction that keeps the file.
"""
