"""What can go wrong with people and companies."""

from complianceai.base.errors import DomainError, Kind


class NotSignedIn(DomainError):
    """Nobody is signed in, or the session has ended."""

    code = "tenancy.not_signed_in"
    kind = Kind.SIGNED_OUT
    sentence = "Sign in to go on."


class WrongSignIn(DomainError):
    """The e-mail or the password is wrong; which of them is nobody's business."""

    code = "tenancy.wrong_sign_in"
    kind = Kind.SIGNED_OUT
    sentence = "The e-mail or the password is wrong. Check both and try again."


class EmailTaken(DomainError):
    """Somebody has registered with this e-mail already."""

    code = "tenancy.email_taken"
    kind = Kind.CONFLICT
    sentence = "There is an account with this e-mail already. Sign in with it, or give another e-mail."


class CompanyMissing(DomainError):
    """There is no such company, or none that this person may see."""

    code = "tenancy.company_missing"
    kind = Kind.MISSING
    sentence = "There is no such company among yours."


class CompanyChanged(DomainError):
    """Somebody else edited the company since it was read."""

    code = "tenancy.company_changed"
    kind = Kind.CONFLICT
    sentence = (
        "Somebody changed this company since you opened it. Look at it again, then make your change anew."
    )


class NotYourRole(DomainError):
    """The person's role in the company does not reach so far."""

    code = "tenancy.not_your_role"
    kind = Kind.FORBIDDEN
    sentence = "As {role} of this company you may not do this. Ask its owner to do it, or for another role."
