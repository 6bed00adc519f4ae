"""The edition of the law that holds now: the packaged catalogue with the extensions that were recorded since."""
