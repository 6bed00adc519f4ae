"""The web application, put together from the rooms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from fastapi import FastAPI
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from complianceai import __version__, catalogue
from complianceai.base.clock import Clock, utc_now
from complianceai.billing import limits
from complianceai.billing.invoices import api as invoices_api
from complianceai.billing.invoices import pages as invoices_pages
from complianceai.billing.reconciling import pages as money_pages
from complianceai.billing.showing import api as plan_api
from complianceai.billing.showing import pages as plan_pages
from complianceai.billing.showing import prices as price_pages
from complianceai.billing.subscriptions import api as subscriptions_api
from complianceai.billing.subscriptions import pages as subscriptions_pages
from complianceai.billing.subscriptions import returning as subscriptions_returning
from complianceai.billing.usage.exporting import export_account
from complianceai.billing.webhooks import api as gateway_api
from complianceai.desk import api as desk_api
from complianceai.desk import pages as desk_pages
from complianceai.desk import serving as desk_serving
from complianceai.desk.exporting import export_conversations
from complianceai.desk.models import Models
from complianceai.desk.queries import count_questions
from complianceai.desk.reviewing import pages as reviewing_pages
from complianceai.entry.logs import configure_logs
from complianceai.entry.mcp import door as mcp_door
from complianceai.entry.memory import give_back_what_is_free, settle_what_stays
from complianceai.entry.model_settings import chain_of, has_models
from complianceai.entry.orphans import end_with_parent
from complianceai.entry.requests import Requests
from complianceai.entry.seals import identities
from complianceai.entry.settings import Settings, load_settings
from complianceai.entry.signature_settings import offered_ways
from complianceai.entry.tills import make_till
from complianceai.entry.tracing import watched
from complianceai.insights import figure_pages
from complianceai.insights import pages as insights_pages
from complianceai.insights.console import looking_pages, running_pages
from complianceai.insights.counting import api as counting_api
from complianceai.insights.counting import pages as counting_pages
from complianceai.insights.living import Insights
from complianceai.insights.showing import show_insights
from complianceai.insights.surveys import api as surveys_api
from complianceai.insights.surveys import pages as surveys_pages
from complianceai.operations import api as operations_api
from complianceai.operations.carrying import api as carrying_api
from complianceai.operations.carrying import pages as carrying_pages
from complianceai.operations.metrics.counting import count_answer, count_look
from complianceai.operations.status import pages as status_pages
from complianceai.register import api as register_api
from complianceai.register import pages as register_pages
from complianceai.register.agenda import api as agenda_api
from complianceai.register.agenda import pages as agenda_pages
from complianceai.register.bundle import api as bundle_api
from complianceai.register.bundle import pages as bundle_pages
from complianceai.register.cockpit import api as cockpit_api
from complianceai.register.cockpit import pages as cockpit_pages
from complianceai.register.evidence import api as evidence_api
from complianceai.register.evidence import pages as evidence_pages
from complianceai.register.evidence.showing import show_evidence
from complianceai.register.evidence.uploads import LARGER
from complianceai.register.feeds import api as feeds_api
from complianceai.register.feeds import pages as feeds_pages
from complianceai.register.feeds import serving as feeds_serving
from complianceai.register.lists import pages as lists_pages
from complianceai.register.pricing import api as pricing_api
from complianceai.register.pricing import pages as pricing_pages
from complianceai.register.pricing.showing import show_price
from complianceai.register.reminders import api as reminders_api
from complianceai.register.reminders import following
from complianceai.register.reminders import live as reminders_live
from complianceai.register.reminders import pages as reminders_pages
from complianceai.register.requests import pages as requests_pages
from complianceai.register.requests import serving as requests_serving
from complianceai.register.requests.receiving import LARGER as LARGER_ANSWERS
from complianceai.register.requests.showing import show_requests
from complianceai.register.spreadsheets import pages as spreadsheets_pages
from complianceai.register.taking_on import pages as taking_on_pages
from complianceai.register.tasks import api as tasks_api
from complianceai.register.tasks import keeping
from complianceai.register.tasks import pages as tasks_pages
from complianceai.register.tasks.followers import follow_tasks
from complianceai.register.tasks.pages.beside import show_beside_tasks
from complianceai.register.tasks.stats import count_as
from complianceai.register.views import pages as views_pages
from complianceai.site.description import describe
from complianceai.site.furnish import furnish
from complianceai.storage.cache import Cache
from complianceai.storage.database import Database
from complianceai.storage.files import Files
from complianceai.storage.limits import Limiter
from complianceai.storage.patience import FOR_PEOPLE
from complianceai.storage.sealing import Sealer
from complianceai.storage.services import Services
from complianceai.tenancy import api as tenancy_api
from complianceai.tenancy import pages as tenancy_pages
from complianceai.tenancy.access import lead_to_sign_in
from complianceai.tenancy.account import (
    address_api,
    address_pages,
    confirm_pages,
    door_pages,
    elsewhere_pages,
    keys_api,
    keys_pages,
    link_pages,
    linked_api,
    linked_pages,
    log_api,
    log_pages,
    passkeys_api,
    passkeys_pages,
)
from complianceai.tenancy.account import api as account_api
from complianceai.tenancy.account import pages as account_pages
from complianceai.tenancy.account.export import export_with
from complianceai.tenancy.cookies import PLAIN_NAME, SECURE_NAME
from complianceai.tenancy.errors import NotSignedIn
from complianceai.tenancy.followers import follow_companies
from complianceai.tenancy.growing import guard_growth
from complianceai.tenancy.membership import api as membership_api
from complianceai.tenancy.membership import pages as membership_pages
from complianceai.tenancy.openid.provider import Provider
from complianceai.tenancy.operators import help_pages
from complianceai.tenancy.operators import pages as operators_pages
from complianceai.tenancy.operators.access import lead_to_step
from complianceai.tenancy.operators.errors import OperatorStepNeeded
from complianceai.tenancy.practice import api as practice_api
from complianceai.tenancy.practice import pages as practice_pages
from complianceai.tenancy.recognition import Recognition
from complianceai.tenancy.trail import api as trail_api
from complianceai.tenancy.trail import pages as trail_pages
from complianceai.tenancy.way_errors import ConfirmYourself
from complianceai.workspace import api as workspace_api
from complianceai.workspace import pages as workspace_pages
from complianceai.workspace import serving as workspace_serving
from complianceai.workspace.bulk import api as bulk_api
from complianceai.workspace.bulk import pages as bulk_pages
from complianceai.workspace.bulk.uploads import LARGER as LARGER_TABLES
from complianceai.workspace.exporting import export_documents
from complianceai.workspace.queries.documents import count_documents
from complianceai.workspace.signing import api as signing_api
from complianceai.workspace.signing import pages as signing_pages
from complianceai.workspace.signing import serving as signing_serving
from complianceai.workspace.signing.digital import serving as digital_serving
from complianceai.workspace.signing.uploads import LARGER as LARGER_COPIES
from complianceai.workspace.uploads import LARGER as LARGER_DOCUMENTS

ROUTERS = (
    operations_api.router,
    status_pages.router,
    tenancy_api.router,
    tenancy_pages.router,
    account_api.router,
    account_pages.router,
    address_api.router,
    address_pages.router,
    link_pages.router,
    keys_api.router,
    keys_pages.router,
    passkeys_api.router,
    passkeys_pages.router,
    log_api.router,
    log_pages.router,
    confirm_pages.router,
    door_pages.router,
    elsewhere_pages.router,
    linked_api.router,
    linked_pages.router,
    membership_api.router,
    membership_pages.router,
    practice_api.router,
    taking_on_pages.router,
    practice_pages.router,
    carrying_api.router,
    carrying_pages.router,
    plan_api.router,
    gateway_api.router,
    invoices_api.router,
    invoices_pages.router,
    subscriptions_api.router,
    subscriptions_pages.router,
    subscriptions_returning.router,
    money_pages.router,
    plan_pages.router,
    price_pages.router,
    trail_api.router,
    trail_pages.router,
    operators_pages.router,
    help_pages.router,
    insights_pages.router,
    figure_pages.router,
    looking_pages.router,
    running_pages.router,
    reviewing_pages.router,
    surveys_api.router,
    surveys_pages.router,
    counting_api.router,
    counting_pages.router,
    register_api.router,
    tasks_api.router,
    evidence_api.router,
    evidence_pages.router,
    bundle_api.router,
    bundle_pages.router,
    pricing_api.router,
    pricing_pages.router,
    agenda_api.router,
    agenda_pages.router,
    cockpit_api.router,
    cockpit_pages.router,
    lists_pages.router,
    spreadsheets_pages.router,
    views_pages.router,
    requests_pages.router,
    requests_serving.router,
    feeds_api.router,
    feeds_pages.router,
    feeds_serving.router,
    tasks_pages.router,
    reminders_api.router,
    reminders_live.router,
    reminders_pages.router,
    register_pages.router,
    # Before those that name a document: `bulk` is no document's name.
    bulk_api.router,
    bulk_pages.router,
    workspace_api.router,
    signing_api.router,
    signing_pages.router,
    signing_serving.router,
    digital_serving.router,
    workspace_pages.router,
    workspace_serving.router,
    desk_api.router,
    desk_pages.router,
    desk_serving.router,
    mcp_door.router,
)


def application() -> ASGIApp:
    """The application of the settings in the environment, for a server that wants a factory."""
    give_back_what_is_free()  # here too: each of several workers begins here
    end_with_parent()
    settings = load_settings()
    configure_logs(settings)
    return surrounded(create_app(settings), settings)


def create_app(settings: Settings, clock: Clock = utc_now) -> FastAPI:
    """The application with every route; its database is opened when first used and closed with it."""
    database = Database(settings.database, pool_size=settings.database_pool_size, patience=FOR_PEOPLE)
    limiter = Limiter(settings.rate_limit, settings.redis_url)
    cache = Cache(settings.redis_url, count_look)
    tracing = watched(settings, database, "complianceai-web")
    insights = Insights(database, settings.tracking, clock)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        catalogue.load()  # once, before the first visitor has to wait for it
        settle_what_stays()
        async with insights.living():
            yield
        await limiter.close()
        await cache.close()
        if tracing is not None:
            await tracing.end()
        await database.close()

    app = FastAPI(
        title="ComplianceAI",
        version=__version__,
        summary="Every statutory duty of an Indian business, by when, why, and what lateness costs.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        # An address has one spelling; to redirect from another would repeat whatever Host the request claims.
        redirect_slashes=False,
    )
    app.state.services = Services(
        database=database,
        limiter=limiter,
        sealer=Sealer(*settings.secret_keys),
        files=Files(settings.files, settings.antivirus_url),
        redis_url=settings.redis_url,
        public_url=settings.public_url,
        is_production=settings.is_production,
        has_mail=settings.has_mail,
        private_hosts=frozenset(settings.webhook_private_hosts),
        clock=clock,
        cache=cache,
    )
    if settings.has_plans:
        limits.enforce(database)
    guard_growth(limits.guard)
    export_with("billingAccount", export_account)
    export_with("conversations", export_conversations)
    follow_companies(keeping.follow)
    count_as("documents", count_documents)
    export_documents()
    count_as("ai_interactions", count_questions)
    follow_tasks(following.follow)
    show_beside_tasks(show_price)
    show_beside_tasks(show_evidence)
    show_beside_tasks(show_requests)
    show_insights(app, insights)
    app.state.keys = settings.keys
    app.state.tracing = tracing
    app.state.till = make_till(settings)
    app.state.models = Models(
        has_models(settings), settings.ai_monthly_paise, make=lambda: chain_of(settings), count=count_answer
    )
    token = settings.metrics_token
    app.state.metrics_token = None if token is None else token.get_secret_value()
    app.state.identities = lambda: identities(settings)
    app.state.offered = offered_ways(settings)
    app.state.elsewhere = _elsewhere(settings)
    furnish(
        app,
        is_production=settings.is_production,
        trusted_origins=settings.allowed_origins,
        recognition=Recognition,
        # The signature service's page sends the signer's browser back with its answer, which it signed.
        from_elsewhere=[digital_serving.FROM_ELSEWHERE, subscriptions_returning.FROM_ELSEWHERE],
        larger=[LARGER, LARGER_ANSWERS, LARGER_DOCUMENTS, LARGER_COPIES, LARGER_TABLES],
    )
    app.add_exception_handler(NotSignedIn, lead_to_sign_in)
    app.add_exception_handler(limits.OverPlan, plan_pages.show_over_plan)
    app.add_exception_handler(ConfirmYourself, confirm_pages.lead_to_confirm)
    app.add_exception_handler(OperatorStepNeeded, lead_to_step)
    for router in ROUTERS:
        # The routes themselves, and no router around them: FastAPI would make each of them a second time for itself.
        app.router.routes.extend(router.routes)
    # Addresses are looked through in their order with every request: what is asked most stands before all others.
    app.router.routes[:0] = tasks_api.first.routes
    describe(app, cookie=SECURE_NAME if settings.is_production else PLAIN_NAME)
    return app


def _elsewhere(settings: Settings) -> Provider | None:
    secret = settings.oidc_client_secret
    if not (settings.oidc_name and settings.oidc_issuer and settings.oidc_client_id and secret):
        return None
    return Provider(
        settings.oidc_name,
        settings.oidc_issuer,
        settings.oidc_client_id,
        secret.get_secret_value(),
        settings.oidc_domains,
    )


def surrounded(app: FastAPI, settings: Settings) -> ASGIApp:
    """The application with what goes around each request, its address set right by a trusted proxy before that."""
    around: ASGIApp = Requests(app, app.state.tracing)
    if not settings.trusted_proxies:
        return around
    # The two libraries write the type of one and the same protocol differently.
    return cast(
        "ASGIApp", ProxyHeadersMiddleware(cast("Any", around), trusted_hosts=list(settings.trusted_proxies))
    )
