"""Tasks and companies as spreadsheets, out and in: an import is looked at first, then applied, and can be undone.

`writing` and `reading` know files, `tasks_sheet` what the columns mean, `comparing` what a file would change.
"""
