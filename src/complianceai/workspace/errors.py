"""What can be wrong with documents."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class DocumentMissing(DomainError):
    """There is no such document that this person may see."""

    code = "workspace.document_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such document.")


class VersionMissing(DomainError):
    """The document has no version of that number."""

    code = "workspace.version_missing"
    kind = Kind.MISSING
    sentence = marked("This document has no version {number}.")


class PartMissing(DomainError):
    """There is no such share, link, comment or suggestion of the document, or it is over."""

    code = "workspace.part_missing"
    kind = Kind.MISSING
    sentence = marked("That is not part of this document, or it is over already.")


class LinkOver(DomainError):
    """The link leads nowhere: a stranger learns nothing of why."""

    code = "workspace.link_over"
    kind = Kind.MISSING
    sentence = marked("This link is over. Ask whoever sent it for a new one.")


class WrongPassword(DomainError):
    """The password of a share link is another one."""

    code = "workspace.wrong_password"
    kind = Kind.FORBIDDEN
    sentence = marked("That is not the password of this link. Ask whoever sent it.")


class NotYourDocument(DomainError):
    """The person sees the document and may not do this to it."""

    code = "workspace.not_your_document"
    kind = Kind.FORBIDDEN
    sentence = marked("You may only look at this document. Ask whoever shares it for more.")


class ChangedMeanwhile(DomainError):
    """Somebody saved a version since the one that was edited; both texts are told."""

    code = "workspace.changed_meanwhile"
    kind = Kind.CONFLICT
    sentence = marked(
        "{author} saved version {current_version} while you edited version {base_version}. Nothing of yours is lost: "
        "both texts are shown. Bring them together, then save again."
    )


class NoChange(DomainError):
    """What was sent is the current version already."""

    code = "workspace.no_change"
    kind = Kind.CONFLICT
    sentence = marked("This is exactly what version {number} says. Nothing was saved.")


class Settled(DomainError):
    """An agreed document is not written on."""

    code = "workspace.settled"
    kind = Kind.CONFLICT
    sentence = marked("This document is {state}. Open it again before you change it.")


class StepImpossible(DomainError):
    """No such step leads on from where the document stands."""

    code = "workspace.step_impossible"
    kind = Kind.CONFLICT
    sentence = marked(
        "A document that is {state} cannot take the step “{step}”. Look at it again: it may have moved."
    )


class OtherVersion(DomainError):
    """The version to be decided on is no longer the current one."""

    code = "workspace.other_version"
    kind = Kind.CONFLICT
    sentence = marked("Version {number} was saved since. Read it first, then decide.")


class OwnWork(DomainError):
    """Somebody tried to approve what they wrote."""

    code = "workspace.own_work"
    kind = Kind.FORBIDDEN
    sentence = marked("You worked on this document, so somebody else must approve it.")


class ReviewDemanded(DomainError):
    """The company demands that somebody else approves."""

    code = "workspace.review_demanded"
    kind = Kind.CONFLICT
    sentence = marked("In this company somebody else approves a document. Send it for review.")


class ReasonNeeded(DomainError):
    """The step must be reasoned."""

    code = "workspace.reason_needed"
    kind = Kind.INVALID
    sentence = marked("Give the reason; it is kept with the document.")


class NotOfText(DomainError):
    """A file as it came cannot be edited here."""

    code = "workspace.not_of_text"
    kind = Kind.CONFLICT
    sentence = marked("This document is a file. Upload a new version of it instead.")


class NotAFile(DomainError):
    """A text takes no files as its versions."""

    code = "workspace.not_a_file"
    kind = Kind.CONFLICT
    sentence = marked("This document is written here. Edit its text instead.")


class NotQuoted(DomainError):
    """The words a comment or suggestion is about do not stand in the text as they should."""

    code = "workspace.not_quoted"
    kind = Kind.INVALID
    sentence = marked(
        "These words stand {times} times in the text; they must stand there once. Quote them exactly, with a few more."
    )


class TemplateRetired(DomainError):
    """Nothing new is made from a template that its company retired."""

    code = "workspace.template_retired"
    kind = Kind.CONFLICT
    sentence = marked("This template was retired. Choose another, or have it taken up again.")


class TemplateChanged(DomainError):
    """Somebody saved a version of the template since the one that was edited."""

    code = "workspace.template_changed"
    kind = Kind.CONFLICT
    sentence = marked(
        "{author} saved version {number} of this template meanwhile. Open it beside this, and bring both together."
    )


class NotInTemplateLanguage(DomainError):
    """The template has no text in that language."""

    code = "workspace.not_in_language"
    kind = Kind.INVALID
    sentence = marked("This template is not written in that language. Choose another.")


class NotAColleague(DomainError):
    """The person named does not reach the company."""

    code = "workspace.not_a_colleague"
    kind = Kind.INVALID
    sentence = marked("Choose somebody who belongs to this company; for others, make a link.")


class TookTooLong(DomainError):
    """The paper was not set within its time."""

    code = "workspace.took_too_long"
    kind = Kind.UNAVAILABLE
    sentence = marked("Setting this paper took longer than {seconds} seconds and was stopped. Try again.")


class NothingLeft(DomainError):
    """The document has all it may have."""

    code = "workspace.nothing_left"
    kind = Kind.CONFLICT
    sentence = marked("There are {most} of these already, and more are not kept. Remove some first.")
