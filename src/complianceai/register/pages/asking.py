"""What the routes of this folder ask for alike."""

from typing import Annotated

from fastapi import Depends, Query, Request

from complianceai.base.ids import read_id
from complianceai.register.describing import typed
from complianceai.register.interview.filling import Filled
from complianceai.register.queries import Described, find_described
from complianceai.register.year import Filters
from complianceai.storage.services import Db
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.errors import CompanyMissing


async def _filters(
    authority: Annotated[str, Query(max_length=40)] = "", certainty: Annotated[str, Query(max_length=20)] = ""
) -> Filters:
    return Filters(authority, certainty)


async def _described(company_id: str, scope: SignedIn, database: Db) -> Described:
    identity = read_id(company_id)
    if identity is None:
        raise CompanyMissing
    async with database.reading() as connection:
        return await find_described(connection, scope, identity)


async def _form(request: Request) -> Filled:
    return typed(await request.form())


Seen = Annotated[Filters, Depends(_filters)]
Company = Annotated[Described, Depends(_described)]
Typed = Annotated[Filled, Depends(_form)]
