"""Every write of how reminders are wanted, of alerts, chats and webhooks."""
