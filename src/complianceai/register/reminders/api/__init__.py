"""Reminders as JSON: how they are wanted, what one was told, chats and webhooks."""

from complianceai.register.reminders.api import alerts, chats, wants, webhooks
from complianceai.site.routing import Router

router = Router()
for part in (alerts, wants, chats, webhooks):
    router.routes.extend(part.router.routes)
