"""Pages of reminders: what one was told, how one is told, and a company's ladder, chats and webhooks."""

from complianceai.register.reminders.pages import alerts, company, leaving, webhooks, wishes
from complianceai.site.routing import Router

router = Router()
for part in (alerts, wishes, company, webhooks, leaving):
    router.routes.extend(part.router.routes)
