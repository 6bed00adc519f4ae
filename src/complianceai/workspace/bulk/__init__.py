"""One template over the rows of a spreadsheet: looked at first, then made by a worker; a zip and a report at the end.

`columns` and `reading` know the spreadsheet, `making` the work of the worker, `sweeping` its end.
"""
