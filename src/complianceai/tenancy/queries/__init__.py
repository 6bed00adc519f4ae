"""Every read of people, sessions and companies."""

from complianceai.tenancy.queries.companies import Company, count_companies, find_company, list_companies
from complianceai.tenancy.queries.leaving import OwnCompany, list_solely_owned
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
    "OpenSession",
    "OwnCompany",
    "Session",
    "Token",
    "count_companies",
    "find_company",
    "find_credentials",
    "find_factor",
    "find_password_hash",
    "find_person",
    "find_session",
    "find_token",
    "has_people",
    "list_companies",
    "list_sessions",
    "list_solely_owned",
    "list_tokens",
]
