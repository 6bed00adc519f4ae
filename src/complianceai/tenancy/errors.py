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


class TokenTooNarrow(DomainError):
    """The token is good, and not for this."""

    code = "tenancy.token_too_narrow"
    kind = Kind.FORBIDDEN
    sentence = "This token may not be used for that. Make one that may: {needed}."


class HelperMayNot(DomainError):
    """An operator who helps may look, and change something only where the person allowed it."""

    code = "tenancy.helper_may_not"
    kind = Kind.FORBIDDEN
    sentence = "Whoever helps may not do this. The person has to do it, or to allow more."


class NotByToken(DomainError):
    """Only somebody who is signed in may do this, and no program for them."""

    code = "tenancy.not_by_token"
    kind = Kind.FORBIDDEN
    sentence = "No token may do this. Sign in and do it yourself."


class NeedsCode(DomainError):
    """The password was right, and a second factor is on."""

    code = "tenancy.needs_code"
    kind = Kind.SIGNED_OUT
    sentence = "Give the six digits that your app shows now, or one of your recovery codes, as well."


class WrongCode(DomainError):
    """The code is wrong, over, or was used before."""

    code = "tenancy.wrong_code"
    kind = Kind.SIGNED_OUT
    sentence = "This code is wrong or was used already. Wait for the next one, or give a recovery code."


class SessionMissing(DomainError):
    """There is no such open session of this person."""

    code = "tenancy.session_missing"
    kind = Kind.MISSING
    sentence = "There is no such open session among yours."


class TokenMissing(DomainError):
    """There is no such token of this person."""

    code = "tenancy.token_missing"
    kind = Kind.MISSING
    sentence = "There is no such token among yours."


class FactorIsOn(DomainError):
    """A second factor is on already."""

    code = "tenancy.factor_is_on"
    kind = Kind.CONFLICT
    sentence = "A second step is on already. Turn it off before you set up another."


class FactorIsOff(DomainError):
    """There is no second factor to confirm or to renew the codes of."""

    code = "tenancy.factor_is_off"
    kind = Kind.CONFLICT
    sentence = "No second step is being set up. Begin with that."


class CompaniesWouldGo(DomainError):
    """Companies would be deleted with the account, and whoever asks has not named them."""

    code = "tenancy.companies_would_go"
    kind = Kind.CONFLICT
    sentence = (
        "You are the only owner of {companies}. Give them over first, or say that they go with your account."
    )


class LastPartner(DomainError):
    """Without this person a practice would have no partner."""

    code = "practice.last_partner"
    kind = Kind.CONFLICT
    sentence = (
        "{practice} keeps at least one partner. Make somebody else a partner first, or close the practice."
    )
