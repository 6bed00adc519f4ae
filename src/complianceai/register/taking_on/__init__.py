"""Clients of a practice by spreadsheet: new ones taken on, known ones changed; looked at first, applied, undone.

The file itself is what is kept between looking and applying, under its hash; what it would do is worked out anew each
time. What was done stands in the practice's trail by ids and numbers, which is all that an undoing needs.
"""
