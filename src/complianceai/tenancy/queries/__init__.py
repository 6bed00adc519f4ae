"""Every read of people, sessions and companies."""

from complianceai.tenancy.queries.companies import Company, count_companies, find_company, list_companies
from complianceai.tenancy.queries.elsewhere import Linked, Ways, find_linked, find_ways, list_linked
from complianceai.tenancy.queries.happenings import Happening, count_happenings, list_happenings
from complianceai.tenancy.queries.leaving import (
    OwnCompany,
    count_memberships,
    list_own_practices,
    list_solely_owned,
)
from complianceai.tenancy.queries.passkeys import KnownPasskey, Passkey, find_passkey, list_passkeys
from complianceai.tenancy.queries.people import (
    Credentials,
    Factor,
    find_credentials,
    find_factor,
    find_password_hash,
    find_person,
    has_people,
)
from complianceai.tenancy.queries.sessions import OpenSession, Session, find_session, list_sessions
from complianceai.tenancy.queries.tokens import ApiToken, Token, find_token, list_tokens

__all__ = [
    "ApiToken",
    "Company",
    "Credentials",
    "Factor",
    "Happening",
    "KnownPasskey",
    "Linked",
    "OpenSession",
    "OwnCompany",
    "Passkey",
    "Session",
    "Token",
    "Ways",
    "count_companies",
    "count_happenings",
    "count_memberships",
    "find_company",
    "find_credentials",
    "find_factor",
    "find_linked",
    "find_passkey",
    "find_password_hash",
    "find_person",
    "find_session",
    "find_token",
    "find_ways",
    "has_people",
    "list_companies",
    "list_happenings",
    "list_linked",
    "list_own_practices",
    "list_passkeys",
    "list_sessions",
    "list_solely_owned",
    "list_tokens",
]
