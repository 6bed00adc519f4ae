"""The pages of practices."""

from fastapi import APIRouter

from complianceai.tenancy.practice.pages import (
    adding,
    care,
    client,
    clients,
    details,
    entrance,
    people,
    private,
    teams,
)

router = APIRouter(include_in_schema=False)
# Before a practice's own: neither "new" nor "invitation" is the id of one.
router.include_router(entrance.router)
for each in (details, adding, clients, client, private, teams, people, care):
    router.include_router(each.router)
