"""Reminders as JSON: how they are wanted, what one was told, chats and webhooks."""

from fastapi import APIRouter

from complianceai.register.reminders.api import alerts, chats, wants, webhooks

router = APIRouter()
for part in (alerts, wants, chats, webhooks):
    router.routes.extend(part.router.routes)
