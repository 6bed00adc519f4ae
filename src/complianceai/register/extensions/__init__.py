"""Extensions notified since the catalogue was packaged: recorded once, they move every date that they are about.

`recorded` keeps them and tells each process when its law is out of date; `moving` re-dates the tasks of all companies,
and back again. What is recorded has the very lines that the catalogue's file would have, and is checked like them.
"""
