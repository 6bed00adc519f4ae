"""A company's facts asked in plain words, and the year of dates that they bring."""
