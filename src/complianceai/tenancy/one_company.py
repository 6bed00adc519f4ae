"""How a page asks for the company that its address names."""

from typing import Annotated

from fastapi import Depends

from complianceai.base.ids import read_id
from complianceai.storage.services import Db
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.errors import CompanyMissing
from complianceai.tenancy.queries import Company, find_company


async def _company(company_id: str, scope: SignedIn, database: Db) -> Company:
    identity = read_id(company_id)
    if identity is None:
        raise CompanyMissing
    async with database.reading() as connection:
        return await find_company(connection, scope, identity)


OneCompany = Annotated[Company, Depends(_company)]
