"""A company's documents: drafted from templates, written or uploaded; every version kept, shared, agreed on.

Nothing is ever overwritten: a document points to its current version, an approval to the hash of the one that was read.
"""
