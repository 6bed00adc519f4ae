"""The mail that brings an invitation."""

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.site.language import SOURCE_LANGUAGE
from complianceai.site.mail import Letter
from complianceai.tenancy.actions import email_key
from complianceai.tenancy.membership.queries import Invitation
from complianceai.tenancy.policies import ROLE_WORDS
from complianceai.tenancy.queries.addresses import find_addressee, find_addressee_by
from complianceai.tenancy.scope import Scope


async def letter_of(
    connection: AsyncConnection, scope: Scope, company: str, invitation: Invitation, token: str
) -> Letter:
    """The letter, in the language of whoever is invited, or of who invites where nobody here has that e-mail yet."""
    known = await find_addressee_by(connection, email_key(invitation.email))
    speaks = known or await find_addressee(connection, scope.person.id)
    return Letter(
        "tenancy/mail/invitation.html",
        invitation.email,
        known.name if known else "",
        speaks.language if speaks else SOURCE_LANGUAGE,
        values={
            "who": scope.person.name,
            "company": company,
            "role": ROLE_WORDS[invitation.role],
            "until": invitation.until.isoformat() if invitation.until else None,
        },
        secrets={"token": token},
        until=invitation.expires_at,
    )
