"""Every list for keeping: as CSV and Excel for programs, as PDF for people and files, and some as a page.

`gathering` reads a list, `showing` says it in a language, `paper` prints it, `pages` hands it out.
"""
