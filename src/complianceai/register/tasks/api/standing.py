"""How a company stands, in figures, and how its register is kept."""

from uuid import UUID

from fastapi import Request

from complianceai.register.tasks.actions.settings import set_keeping
from complianceai.register.tasks.loading import load_dashboard
from complianceai.register.tasks.policies import check_may, may
from complianceai.register.tasks.queries.counting import find_keeping
from complianceai.register.tasks.queries.people import is_review_demanded
from complianceai.register.tasks.replies import DashboardReply, KeepingReply, StatsReply, dashboard_reply
from complianceai.register.tasks.schemas import KeepingInput
from complianceai.register.tasks.states import Deed
from complianceai.register.tasks.stats import counted, load_stats
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, services
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.queries import find_company
from complianceai.tenancy.scope import Scope

router = Router(prefix="/api/companies/{company_id}", tags=["tasks"])


@router.get("/dashboard", responses=failures(401, 403, 404, 422))
async def get_dashboard(company_id: UUID, scope: SignedIn, database: Db, now: Now) -> Success[DashboardReply]:
    """What is overdue, near, waiting and done, what lateness costs today and per day, and what to do next."""
    found = await load_dashboard(database, scope, company_id, now)
    sees = may(found.described.company.role, Deed.SEE_INSIDE)
    standing = found.standing
    return Success(
        data=dashboard_reply(standing.counts, found.risk, standing.next_up, found.months, sees=sees)
    )


@router.get("/stats", responses=failures(401, 403, 404, 422))
async def get_stats(
    request: Request, company_id: UUID, scope: SignedIn, database: Db, now: Now
) -> Success[StatsReply]:
    """How much of everything the company has."""
    found = await load_stats(database, services(request).cache, scope, company_id, now)
    async with database.reading() as connection:
        # No row of the trail tells of a question, so this one is counted each time.
        interactions = await counted(connection, company_id, "ai_interactions")
    return Success(
        data=StatsReply(
            documents=found.documents,
            ai_interactions=interactions,
            compliance_tasks=found.total,
            pending=found.pending,
            overdue=found.overdue,
            completed=found.completed,
        )
    )


@router.get("/register", responses=failures(401, 403, 404, 422))
async def get_register(company_id: UUID, scope: SignedIn, database: Db) -> Success[KeepingReply]:
    """How the register is kept: whether somebody else must approve, and from which day until which."""
    return await _kept(company_id, scope, database)


@router.put("/register", responses=failures(401, 403, 404, 413, 422))
async def put_register(
    company_id: UUID, scope: SignedIn, wanted: KeepingInput, database: Db, now: Now
) -> Success[KeepingReply]:
    """The register kept so from now on; dates outside its days are closed and say so."""
    await set_keeping(database, scope, company_id, wanted.keeping(), now)
    return await _kept(company_id, scope, database)


async def _kept(company_id: UUID, scope: Scope, database: Db) -> Success[KeepingReply]:
    async with database.reading() as connection:
        company = await find_company(connection, scope, company_id)
        check_may(company.role, Deed.SEE_INSIDE)
        kept = await find_keeping(connection, scope, company_id)
        demanded = await is_review_demanded(connection, company_id)
    return Success(
        data=KeepingReply(
            review_required=kept.review_required,
            review_demanded=demanded,
            engaged_from=kept.engaged_from,
            engaged_until=kept.engaged_until,
        )
    )
