"""The pages of practices."""

from complianceai.site.routing import Router
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

router = Router()
# Before a practice's own: neither "new" nor "invitation" is the id of one.
router.routes.extend(entrance.router.routes)
for each in (details, adding, clients, client, private, teams, people, care):
    router.routes.extend(each.router.routes)
