"""The mails that bring a practice's invitations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.site.language import SOURCE_LANGUAGE
from complianceai.site.mail import Letter
from complianceai.storage.sealing import Sealer
from complianceai.tenancy.actions import email_key
from complianceai.tenancy.practice.policies import PRACTICE_ROLE_WORDS
from complianceai.tenancy.practice.queries.offers import PracticeInvitation
from complianceai.tenancy.queries.addresses import find_addressee, find_addressee_by
from complianceai.tenancy.scope import Scope

PURPOSE = "invitation of a practice by mail"


async def letter_of(
    connection: AsyncConnection,
    sealer: Sealer,
    scope: Scope,
    practice: str,
    invitation: PracticeInvitation,
    token: str,
) -> Letter:
    """The letter, in the language of whoever is invited, or of who invites where nobody here has that e-mail yet.

    Its link bears more than the one that the inviter sees: what shows that whoever opens it reads the address's mail.
    """
    known = await find_addressee_by(connection, email_key(invitation.email))
    speaks = known or await find_addressee(connection, scope.person.id)
    role = invitation.role
    return Letter(
        "tenancy/mail/care.html" if role is None else "tenancy/mail/practice.html",
        invitation.email,
        known.name if known else "",
        speaks.language if speaks else SOURCE_LANGUAGE,
        values={
            "who": scope.person.name,
            "practice": practice,
            "role": "" if role is None else PRACTICE_ROLE_WORDS[role],
        },
        secrets={"token": token, "proof": _proof(sealer, invitation)},
        until=invitation.expires_at,
    )


def is_from_mail(sealer: Sealer, proof: str, invitation_id: UUID, email: str, now: datetime) -> bool:
    """Whether it came by the mail of that invitation to that address."""
    return sealer.unseal(PURPOSE, proof, now) == f"{invitation_id} {email_key(email)}"


def _proof(sealer: Sealer, invitation: PracticeInvitation) -> str:
    return sealer.seal(PURPOSE, f"{invitation.id} {email_key(invitation.email)}", invitation.created_at)
