"""What can be wrong with accounts."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class AccountMissing(DomainError):
    """There is no such account, or none that this person decides for."""

    code = "billing.account_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such account among yours.")


class PlanMissing(DomainError):
    """There is no plan of that name."""

    code = "billing.plan_missing"
    kind = Kind.INVALID
    sentence = marked("There is no plan {plan}. Choose one of those on the page of prices.")


class PlanForPractices(DomainError):
    """The plan is sold to practices, and the account is a person's."""

    code = "billing.plan_for_practices"
    kind = Kind.CONFLICT
    sentence = marked("This plan is for practices. Open a practice first, or choose another plan.")
