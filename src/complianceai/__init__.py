"""Every statutory duty of an Indian business, by when, why, and what lateness costs."""

__version__ = "0.1.0"
