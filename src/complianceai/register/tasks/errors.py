"""What can be wrong with work on a company's duties."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class TaskMissing(DomainError):
    """There is no such task of a company that this person may see."""

    code = "register.task_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such task in this company.")


class NoticeMissing(DomainError):
    """There is no such notice of a company that this person may see."""

    code = "register.notice_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such notice in this company.")


class ItemMissing(DomainError):
    """There is no such point on the task's checklist."""

    code = "register.item_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such point on this checklist.")


class TaskChanged(DomainError):
    """Somebody else changed the task since it was read."""

    code = "register.task_changed"
    kind = Kind.CONFLICT
    sentence = marked(
        "Somebody changed this task since you opened it. Look at it again, then make your change anew."
    )


class ApprovalStands(DomainError):
    """What was approved is what stands there, or nothing was."""

    code = "register.approval_stands"
    kind = Kind.CONFLICT
    sentence = marked("Nothing changed since it was approved.")


class StepImpossible(DomainError):
    """No such step leads on from where the task stands."""

    code = "register.step_impossible"
    kind = Kind.CONFLICT
    sentence = marked(
        "A task that is {state} cannot take the step “{step}”. Look at it again: it may have moved."
    )


class NotAtWork(DomainError):
    """What was asked can be done only while the task is open."""

    code = "register.not_at_work"
    kind = Kind.CONFLICT
    sentence = marked("This task is {state}. Open it again before you change it.")


class OwnWork(DomainError):
    """Somebody tried to approve what they worked on."""

    code = "register.own_work"
    kind = Kind.FORBIDDEN
    sentence = marked("You worked on this yourself, so somebody else must approve it.")


class ApprovedByYou(DomainError):
    """Somebody tried to change the filing that they approved."""

    code = "register.approved_by_you"
    kind = Kind.CONFLICT
    sentence = marked("You approved this. Open it again before you change what was filed.")


class ReviewDemanded(DomainError):
    """The company demands that somebody else approves."""

    code = "register.review_demanded"
    kind = Kind.CONFLICT
    sentence = marked("In this company somebody else approves what is filed. Send it for review.")


class EvidenceNeeded(DomainError):
    """A task is not closed without proof."""

    code = "register.evidence_needed"
    kind = Kind.CONFLICT
    sentence = marked(
        "Say first on which day it was filed, and give the acknowledgement number or a file that proves it."
    )


class ReasonNeeded(DomainError):
    """The step must be reasoned."""

    code = "register.reason_needed"
    kind = Kind.INVALID
    sentence = marked("Give the reason; it is kept with the task.")


class ReviewerNeeded(DomainError):
    """Nobody is named who is to review it."""

    code = "register.reviewer_needed"
    kind = Kind.CONFLICT
    sentence = marked("Name a reviewer first: somebody who may approve and who did not work on it.")


class NotAReviewer(DomainError):
    """The person named may not approve this task."""

    code = "register.not_a_reviewer"
    kind = Kind.INVALID
    sentence = marked(
        "This person cannot review it: their role must allow it, and they may not have worked on it."
    )


class NotAMember(DomainError):
    """The person named does not work for the company."""

    code = "register.not_a_member"
    kind = Kind.INVALID
    sentence = marked("Choose somebody who works for this company.")


class SamePerson(DomainError):
    """One person is named to do a task and to review it."""

    code = "register.same_person"
    kind = Kind.INVALID
    sentence = marked("The one who does it and the one who reviews it must be two people.")


class DoesNotApply(DomainError):
    """The task is closed because it does not apply, which no person can change."""

    code = "register.does_not_apply"
    kind = Kind.CONFLICT
    sentence = marked("It does not apply at present. Change the company's facts, and it opens by itself.")


class FiledInFuture(DomainError):
    """A filing is said to have been made on a day that is still to come."""

    code = "register.filed_in_future"
    kind = Kind.INVALID
    sentence = marked(
        "Nothing can be filed on a day that is still to come. Give the day on which it was filed."
    )


class NoticeClosed(DomainError):
    """A notice that is closed takes no more dates."""

    code = "register.notice_closed"
    kind = Kind.CONFLICT
    sentence = marked("This notice is closed. Open it again first.")
