"""What can go wrong with passkeys, accounts elsewhere, and showing again who one is."""

from complianceai.base.errors import DomainError, Kind


class ConfirmYourself(DomainError):
    """The session is good, and too long ago its person showed who they are."""

    code = "tenancy.confirm_yourself"
    kind = Kind.FORBIDDEN
    sentence = "Show once more that it is you, then do this again."


class LastWayIn(DomainError):
    """Without this nobody could sign in to the account any more."""

    code = "tenancy.last_way_in"
    kind = Kind.CONFLICT
    sentence = "This is the only way in to your account. Set a password or add a passkey first."


class UsedAlready(DomainError):
    """What serves once has served, or its time is over."""

    code = "tenancy.used_already"
    kind = Kind.CONFLICT
    sentence = "This was used already, or took too long. Begin again."


class PasskeyRefused(DomainError):
    """The passkey opens nothing here; why is nobody's business."""

    code = "tenancy.passkey_refused"
    kind = Kind.SIGNED_OUT
    sentence = "This passkey was not accepted. Try again, or sign in another way."


class PasskeyNotTaken(DomainError):
    """What the browser sent is no passkey that can be kept or believed."""

    code = "tenancy.passkey_not_taken"
    kind = Kind.INVALID
    sentence = "This passkey could not be used here. Try again, or with another device."


class PasskeyMissing(DomainError):
    """There is no such passkey of this person."""

    code = "tenancy.passkey_missing"
    kind = Kind.MISSING
    sentence = "There is no such passkey among yours."


class PasskeyNeeded(DomainError):
    """The second step rests on the person's passkeys."""

    code = "tenancy.passkey_needed"
    kind = Kind.CONFLICT
    sentence = "Your second step needs a passkey. Add another, or turn the second step off first."


class TooManyPasskeys(DomainError):
    """Nobody has use for so many."""

    code = "tenancy.too_many_passkeys"
    kind = Kind.CONFLICT
    sentence = "You have {most} passkeys. Remove one that you no longer use first."


class NoPasskeysHere(DomainError):
    """Passkeys belong to a site's name, and this one is reached without."""

    code = "tenancy.no_passkeys_here"
    kind = Kind.CONFLICT
    sentence = (
        "Passkeys need this site's own name. Open it by name, such as localhost; who runs it sets PUBLIC_URL."
    )


class ElsewhereMissing(DomainError):
    """There is no such account elsewhere among those of this person."""

    code = "tenancy.elsewhere_missing"
    kind = Kind.MISSING
    sentence = "There is no such account elsewhere among yours."


class ElsewhereRefused(DomainError):
    """What came back from the provider cannot be believed, or the person turned back there."""

    code = "tenancy.elsewhere_refused"
    kind = Kind.SIGNED_OUT
    sentence = "Signing in with {name} did not work. Try again, or sign in another way."


class ElsewhereDown(DomainError):
    """The provider does not answer, or not in time; whether to try again is told."""

    code = "tenancy.elsewhere_down"
    kind = Kind.UNAVAILABLE
    sentence = "{name} cannot be reached just now. Try again in a minute, or sign in another way."


class ElsewhereUnverified(DomainError):
    """The provider does not say that the e-mail is the person's own."""

    code = "tenancy.elsewhere_unverified"
    kind = Kind.FORBIDDEN
    sentence = "{name} has not verified your e-mail. Verify it there, or sign up here with a password."


class ElsewhereNotInvited(DomainError):
    """Only people of certain domains may have an account here."""

    code = "tenancy.elsewhere_not_invited"
    kind = Kind.FORBIDDEN
    sentence = "People with an e-mail of {domain} cannot sign up here by themselves. Ask who runs this site."


class ElsewhereTaken(DomainError):
    """The account elsewhere is linked with another person's account here."""

    code = "tenancy.elsewhere_taken"
    kind = Kind.CONFLICT
    sentence = "That account is linked with another person here. Unlink it there first."
