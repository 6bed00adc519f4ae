"""All of a practice's clients on one screen: their duties of a month, who works on what, and the weeks to come.

`queries` reads it in a handful of selects however many clients there are; `matrix` and `load` work on the counts.
"""
