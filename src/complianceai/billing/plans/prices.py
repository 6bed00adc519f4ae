"""GST on a price."""

# Source: notification 11/2017-Central Tax (Rate), entries for services that are named nowhere else: 9 % and 9 %, or
# 18 % between States.
GST_PERCENT = 18


def gst_on(paise: int) -> int:
    """The tax on a price. Units: paise, half a paisa rounded up."""
    return (paise * GST_PERCENT + 50) // 100


def with_gst(paise: int) -> int:
    """The price with the tax on it. Units: paise."""
    return paise + gst_on(paise)
