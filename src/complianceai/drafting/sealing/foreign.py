"""What may go wrong within a reader, wherever, with a PDF that somebody else made."""

READERS_FAULTS = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RecursionError,
    OverflowError,
)
