"""All that proves a company's filings of a period, in one archive that its reader checks without us.

`gathering` reads what goes in, `packing` writes the archive, `verify.py` travels in it and needs Python alone.
"""
