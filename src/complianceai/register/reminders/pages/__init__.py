"""Pages of reminders: what one was told, how one is told, and a company's ladder, chats and webhooks."""

from fastapi import APIRouter

from complianceai.register.reminders.pages import alerts, company, leaving, webhooks, wishes

router = APIRouter(include_in_schema=False)
for part in (alerts, wishes, company, webhooks, leaving):
    router.include_router(part.router)
