"""Words for what stands in documents and templates."""

from collections.abc import Mapping

from complianceai.site.words import marked

KIND_WORDS: Mapping[str, str] = {
    "resolution": marked("Resolutions"),
    "notice": marked("Notices of meetings"),
    "minutes": marked("Minutes"),
    "consent": marked("Consents and declarations"),
    "letter": marked("Letters"),
    "agreement": marked("Agreements"),
    "policy": marked("Policies"),
    "register": marked("Registers"),
    "certificate": marked("Certificates"),
    "reply": marked("Replies to authorities"),
    "authorisation": marked("Authorisations"),
}
# What was done with a document, after the name of whoever did it.
DEED_WORDS: Mapping[str, str] = {
    "made": marked("began it"),
    "edited": marked("saved a version"),
    "restored": marked("went back to an older version"),
    "viewed": marked("looked at it"),
    "downloaded": marked("took it along"),
    "described": marked("changed what is said of it"),
    "submit": marked("sent it for review"),
    "withdraw": marked("took it back from review"),
    "approve": marked("approved it"),
    "send_back": marked("sent it back"),
    "settle": marked("settled it without a review"),
    "sign": marked("marked it as signed"),
    "supersede": marked("marked it as superseded"),
    "reopen": marked("opened it again"),
    "shared": marked("shared it"),
    "unshared": marked("ended a share"),
    "link_made": marked("made a link"),
    "link_revoked": marked("revoked a link"),
    "link_opened": marked("opened it by a link"),
    "link_taken": marked("took it along by a link"),
    "commented": marked("commented"),
    "resolved": marked("settled a comment"),
    "unresolved": marked("opened a comment again"),
    "suggested": marked("suggested other words"),
    "accepted": marked("accepted a suggestion"),
    "refused": marked("refused a suggestion"),
    "signing_asked": marked("asked for signatures"),
    "signing_withdrawn": marked("withdrew the request for signatures"),
    "signing_declined": marked("declined to sign"),
    "signed_by": marked("signed it"),
    "sealed": marked("it was sealed"),
}
