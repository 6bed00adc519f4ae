"""The accounts that there are, and what each deed moves between them. Pure arithmetic on whole paise."""

from enum import StrEnum
from typing import NamedTuple


class Book(StrEnum):
    """One account of the ledger; its balance is what was debited less what was credited."""

    RECEIVABLE = "receivable"  # what customers owe us
    GATEWAY = "gateway"  # what Razorpay holds for us
    REVENUE = "revenue"
    REFUNDS = "refunds"  # revenue taken back, shown apart
    CGST = "cgst"  # taxes collected and owed
    SGST = "sgst"
    IGST = "igst"
    FEES = "fees"  # what the gateway keeps
    FEES_GST = "fees_gst"  # and the tax on that, which may be taken as credit


class Move(NamedTuple):
    """An amount in paise that is debited to one account and credited to another."""

    debit: Book
    credit: Book
    paise: int


class Taxed(NamedTuple):
    """An amount in paise with its taxes apart; one side of IGST or CGST with SGST is 0."""

    net: int
    cgst: int
    sgst: int
    igst: int

    @property
    def total(self) -> int:
        """What is to be paid. Units: paise."""
        return self.net + self.cgst + self.sgst + self.igst


_PARTS = ((Book.REVENUE, "net"), (Book.CGST, "cgst"), (Book.SGST, "sgst"), (Book.IGST, "igst"))


def invoiced(amount: Taxed) -> list[Move]:
    """What an invoice moves: the customer owes it, and so much of it is tax."""
    moves = [Move(Book.RECEIVABLE, book, getattr(amount, part)) for book, part in _PARTS]
    return [each for each in moves if each.paise]


def credited(amount: Taxed) -> list[Move]:
    """What a credit note moves: the other way round, with the revenue taken back shown apart."""
    moves = [
        Move(Book.REFUNDS if book is Book.REVENUE else book, Book.RECEIVABLE, getattr(amount, part))
        for book, part in _PARTS
    ]
    return [each for each in moves if each.paise]


def paid(paise: int, fee_paise: int, fee_tax_paise: int) -> list[Move]:
    """What a payment moves: the gateway holds it for us, less its fee, which is told with the tax on it."""
    moves = [
        Move(Book.GATEWAY, Book.RECEIVABLE, paise),
        Move(Book.FEES, Book.GATEWAY, fee_paise - fee_tax_paise),
        Move(Book.FEES_GST, Book.GATEWAY, fee_tax_paise),
    ]
    return [each for each in moves if each.paise]


def refunded(paise: int) -> list[Move]:
    """What a refund moves: the gateway gave it back. Its fee it keeps."""
    return [Move(Book.RECEIVABLE, Book.GATEWAY, paise)]
