"""The pages of a company's documents."""

from complianceai.site.routing import Router
from complianceai.workspace.pages import (
    answering,
    beginning,
    chains,
    editing,
    interview,
    listing,
    one,
    sharing,
    talk,
    templates,
)

router = Router()
# Addresses that stand as they are come before those in which a document is named.
for each in (listing, beginning, templates, chains, interview, one, answering, editing, sharing, talk):
    router.routes.extend(each.router.routes)
