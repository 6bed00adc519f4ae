"""What can go wrong with addresses and the links sent to them."""

from complianceai.base.errors import DomainError, Kind


class LinkOver(DomainError):
    """The link was used, has run out, was replaced by a newer one, or never was; which is nobody's business."""

    code = "tenancy.link_over"
    kind = Kind.MISSING
    sentence = "This link is over: it was used, has run out, or a newer one was sent. Ask for a new one."


class EmailNotVerified(DomainError):
    """The person has not shown that mail to their address reaches them."""

    code = "tenancy.email_not_verified"
    kind = Kind.FORBIDDEN
    sentence = (
        "Verify your e-mail first, so that nobody comes in by an address that is not theirs. The link is in the mail "
        "that you got when you signed up; your account's page sends a new one."
    )


class EmailIsVerified(DomainError):
    """There is nothing left to verify."""

    code = "tenancy.email_is_verified"
    kind = Kind.CONFLICT
    sentence = "Your e-mail is verified already."


class MailIsOff(DomainError):
    """This server sends no mail, so what needs it cannot be done."""

    code = "tenancy.mail_is_off"
    kind = Kind.UNAVAILABLE
    sentence = (
        "This server is not set up to send mail, so nothing was sent. Ask whoever runs it to set SMTP_URL."
    )
