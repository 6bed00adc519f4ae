"""A company's tasks in a calendar: a month by its weeks, a year by its months, each task by name and with its state."""
