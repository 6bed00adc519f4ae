"""A company whole, out of one house and into another (docs/carrying.md).

`extent` says which tables are a company's, `packing` writes the archive, `unpacking` proves one, `placing` puts it in.
"""
