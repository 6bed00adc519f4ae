"""What can be wrong with invoices."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class InvoiceMissing(DomainError):
    """There is no such invoice of an account that this person decides for."""

    code = "billing.invoice_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such invoice.")


class PaperTookTooLong(DomainError):
    """The paper was not set in the time that there is for it."""

    code = "billing.paper_took_too_long"
    kind = Kind.UNAVAILABLE
    sentence = marked("Setting this paper took too long. Try again in a minute.")
