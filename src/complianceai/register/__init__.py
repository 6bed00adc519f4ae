"""A company's live duties: its year of dates, and what each one rests on."""
