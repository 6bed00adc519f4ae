"""What can be wrong with asking for signatures, or with giving one."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class NotApproved(DomainError):
    """Only what was approved is signed."""

    code = "signing.not_approved"
    kind = Kind.CONFLICT
    sentence = marked("Only an approved document can be sent for signature. Have it approved first.")


class NoPaperToSign(DomainError):
    """What was approved is a file of another kind, which cannot be sealed."""

    code = "signing.no_paper_to_sign"
    kind = Kind.CONFLICT
    sentence = marked(
        "Only a PDF or a text written here can be signed. Upload the file as a PDF and have that approved."
    )


class AskedAlready(DomainError):
    """People are asked to sign this document."""

    code = "signing.asked_already"
    kind = Kind.CONFLICT
    sentence = marked("People are asked to sign it already. Withdraw that first.")


class SignerTwice(DomainError):
    """One mailbox would sign twice."""

    code = "signing.signer_twice"
    kind = Kind.INVALID
    sentence = marked("{email} is named twice. Each signer has an e-mail address of their own.")


class SigningMissing(DomainError):
    """There is no such request, or it is nobody's of those who ask."""

    code = "signing.missing"
    kind = Kind.MISSING
    sentence = marked("This link is not open: it was withdrawn, answered or is too old. Ask whoever sent it.")


class SigningOver(DomainError):
    """Nothing can be signed any more."""

    code = "signing.over"
    kind = Kind.CONFLICT
    sentence = marked("This cannot be signed any more: it was withdrawn, declined, or changed since.")


class NotYourTurn(DomainError):
    """Somebody else signs first."""

    code = "signing.not_your_turn"
    kind = Kind.CONFLICT
    sentence = marked("Somebody else signs before you. You get a mail when it is your turn.")


class WrongCode(DomainError):
    """The code is not the one in the mail."""

    code = "signing.wrong_code"
    kind = Kind.INVALID
    sentence = marked("This is not the code in the mail, or it is too old. Have a new one sent.")


class NotYetSealed(DomainError):
    """The sealed paper is not there yet."""

    code = "signing.not_yet_sealed"
    kind = Kind.MISSING
    sentence = marked("The signed paper is being sealed. Come back in a minute.")


class WayNotOffered(DomainError):
    """This installation does not offer that way of signing."""

    code = "signing.way_not_offered"
    kind = Kind.MISSING
    sentence = marked("This way of signing is not offered here. Choose another one.")
