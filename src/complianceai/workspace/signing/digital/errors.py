"""Why a signature with a certificate came to nothing."""

from collections.abc import Mapping

from complianceai.base.errors import DomainError, Kind
from complianceai.drafting.sealing import Unsound
from complianceai.site.words import marked


class AnotherSigns(DomainError):
    """Somebody else is at the signature service with the same paper."""

    code = "signing.another_signs"
    kind = Kind.CONFLICT
    sentence = marked("Somebody else is signing this paper just now. Try again in five minutes.")


class NoPlaceForIt(DomainError):
    """The paper cannot hold a signature with a certificate."""

    code = "signing.no_place_for_it"
    kind = Kind.CONFLICT
    sentence = marked(
        "This paper cannot hold a signature with a certificate. Sign it by the code in the mail."
    )


class Overtaken(DomainError):
    """The paper was signed by somebody else meanwhile."""

    code = "signing.overtaken"
    kind = Kind.CONFLICT
    sentence = marked(
        "Somebody else signed the paper meanwhile. Begin again: then you sign what they signed."
    )


class TripOver(DomainError):
    """That attempt to sign has ended already, or took too long."""

    code = "signing.trip_over"
    kind = Kind.CONFLICT
    sentence = marked("This attempt to sign took too long or has ended. Nothing was signed. Begin again.")


class NotFromService(DomainError):
    """What came back was not signed by the signature service."""

    code = "signing.not_from_service"
    kind = Kind.INVALID
    sentence = marked("What came back is not from the signature service. Nothing was signed. Begin again.")


class OfAnotherRequest(DomainError):
    """The answer belongs to another request."""

    code = "signing.of_another_request"
    kind = Kind.INVALID
    sentence = marked("What came back belongs to another request. Nothing was signed. Begin again.")


class NotSignedThere(DomainError):
    """The service says that it was not signed: cancelled, a wrong code, no mobile number."""

    code = "signing.not_signed_there"
    kind = Kind.CONFLICT
    sentence = marked(
        "The signature service says that you did not sign ({reason}). Begin again, or choose another way."
    )


class NotSignedYet(DomainError):
    """The service has not finished."""

    code = "signing.not_signed_yet"
    kind = Kind.CONFLICT
    sentence = marked("The signature service has not finished yet. Nothing was signed so far.")


class UnsoundSignature(DomainError):
    """The signature is broken, or of another paper."""

    code = "signing.unsound_signature"
    kind = Kind.INVALID
    sentence = marked("The signature is broken, or of another paper. Nothing was signed.")


class UnknownAuthority(DomainError):
    """No authority that is known here vouches for the certificate."""

    code = "signing.unknown_authority"
    kind = Kind.INVALID
    sentence = marked("No authority that is known here vouches for this certificate. Nothing was signed.")


class CertificateOutOfDate(DomainError):
    """The certificate is not good today."""

    code = "signing.certificate_out_of_date"
    kind = Kind.INVALID
    sentence = marked("The certificate is too old, or not good yet. Nothing was signed.")


class CertificateRevoked(DomainError):
    """Its authority took the certificate back."""

    code = "signing.certificate_revoked"
    kind = Kind.INVALID
    sentence = marked("The certificate was revoked by its authority. Nothing was signed.")


class RevocationUnknown(DomainError):
    """Nobody can say whether the certificate was revoked."""

    code = "signing.revocation_unknown"
    kind = Kind.UNAVAILABLE
    sentence = marked(
        "Whether the certificate was revoked cannot be told just now. Nothing was signed. Try again later."
    )


class NotForSigning(DomainError):
    """The certificate serves another purpose."""

    code = "signing.not_for_signing"
    kind = Kind.INVALID
    sentence = marked("This certificate is not for signing, perhaps for encryption. Choose the other one.")


UNSOUND: Mapping[Unsound, type[DomainError]] = {
    Unsound.UNREADABLE: UnsoundSignature,
    Unsound.OF_ANOTHER_PAPER: UnsoundSignature,
    Unsound.FORGED: UnsoundSignature,
    Unsound.UNKNOWN_ISSUER: UnknownAuthority,
    Unsound.OUT_OF_DATE: CertificateOutOfDate,
    Unsound.REVOKED: CertificateRevoked,
    Unsound.REVOCATION_UNKNOWN: RevocationUnknown,
    Unsound.NOT_FOR_SIGNING: NotForSigning,
}
