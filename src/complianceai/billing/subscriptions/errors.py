"""What can be wrong with buying."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class SubscriptionMissing(DomainError):
    """There is no such subscription of an account that this person decides for."""

    code = "billing.subscription_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such subscription.")


class PaymentMissing(DomainError):
    """There is no such payment."""

    code = "billing.payment_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such payment.")


class NotForSale(DomainError):
    """The plan costs nothing, or its price is agreed with each who takes it."""

    code = "billing.not_for_sale"
    kind = Kind.CONFLICT
    sentence = marked("This plan is not bought here: it is free, or its price is agreed with you.")


class ParticularsNeeded(DomainError):
    """A tax invoice could not be written for this account."""

    code = "billing.particulars_needed"
    kind = Kind.CONFLICT
    sentence = marked("A tax invoice needs your name, address and State. Fill them in first.")


class AlreadySubscribed(DomainError):
    """The account has what is asked for."""

    code = "billing.already_subscribed"
    kind = Kind.CONFLICT
    sentence = marked("You have this plan already.")


class NotNow(DomainError):
    """The subscription is in a state in which this cannot be done."""

    code = "billing.not_now"
    kind = Kind.CONFLICT
    sentence = marked("This cannot be done while the subscription is as it is. Reload the page.")


class PeriodEnding(DomainError):
    """The period that is paid for ends within the hour; a change would meet the next charge."""

    code = "billing.period_ending"
    kind = Kind.CONFLICT
    sentence = marked("Your period ends within the hour. Change the plan once the next one has begun.")


class TooMuchBack(DomainError):
    """More is to be refunded than is left of the payment."""

    code = "billing.too_much_back"
    kind = Kind.INVALID
    sentence = marked("Of this payment {left_paise} paise are left. Refund no more than that.")
