"""Extensions notified since the catalogue was packaged: recorded once, they move every date that they are about.

`actions` records and undoes (the lines are those of the catalogue's own files, and are checked like them), `moving`
re-dates the tasks of all companies, and back again; `edition` is how every process comes to know.
"""
