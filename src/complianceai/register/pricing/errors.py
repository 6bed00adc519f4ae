"""Mistakes about the price of a task."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class NoPrice(DomainError):
    """The task is of no duty in the catalogue that names anything its price turns on."""

    code = "register.no_price"
    kind = Kind.CONFLICT
    sentence = marked("Nothing that anybody could give would change what lateness costs here.")
