"""Addresses that belong to no company: open to all, to whoever is signed in, and to whoever runs the site."""

from tests.billing import walk as billing
from tests.desk import walk as desk
from tests.workspace import walk as documents

OPEN = {
    "GET /feeds/{token}.ics",  # by an address that nobody guesses
    "GET /asked/{token}", "POST /asked/{token}",  # so as well
    "GET /api/openapi.json", "GET /static/{name}", "GET /favicon.ico", "GET /design", "POST /preferences",
    "GET /security", "GET /robots.txt", "GET /sitemap.xml", "GET /.well-known/security.txt",
    "GET /law", "GET /law/changes", "GET /law/states", "GET /law/{identity}", "GET /guides", "GET /guides/{topic}",
    "POST /api/billing/webhook",  # by its signature
    "GET /api/health", "GET /api/health/live", "GET /api/health/ready", "GET /metrics",
    "POST /api/auth/register", "POST /api/auth/login", "POST /api/auth/logout",
    "GET /register", "POST /register", "GET /login", "POST /login", "POST /login/code", "POST /logout",
    "POST /api/auth/passkey/options", "POST /api/auth/passkey", "POST /login/passkey",
    "GET /login/elsewhere", "GET /login/elsewhere/return", "POST /login/elsewhere/link",
    "GET /reminders/leave", "POST /reminders/leave",
    "GET /forgot", "POST /forgot", "GET /reset", "POST /reset", "GET /verify", "POST /verify",
    "GET /email", "POST /email", "GET /email/undo", "POST /email/undo",
    "POST /api/auth/forgot", "POST /api/auth/reset", "POST /api/auth/verify",
    "POST /api/auth/email/confirm", "POST /api/auth/email/undo",
    "GET /", "GET /example", "GET /example/dates/{key}",
}  # fmt: skip
SIGNED_IN = {
    "POST /mcp",  # by a token only
    "POST /api/chat",
    "GET /api/feeds", "POST /api/feeds", "DELETE /api/feeds/{feed_id}",
    "GET /app/feeds", "POST /app/feeds", "POST /app/feeds/{feed_id}/revoke",
    "GET /api/auth/me", "GET /api/companies", "POST /api/companies",
    "GET /app/companies.{kind}",
    "GET /app", "GET /app/companies/new", "POST /app/companies/new", "POST /app/companies/new/questions",
    "GET /app/home", "GET /app/practices", "GET /app/practices/new", "POST /app/practices",
    "GET /app/practices/invitation", "POST /app/practices/invitation", "GET /api/practices", "POST /api/practices",
    "POST /api/practice-invitations/look", "POST /api/practice-invitations/accept",
    "POST /api/invitations/look", "POST /api/invitations/accept", "GET /app/invitation", "POST /app/invitation",
    "PATCH /api/auth/me", "POST /api/auth/password", "GET /api/auth/export", "POST /api/auth/delete",
    "GET /api/auth/sessions", "DELETE /api/auth/sessions", "DELETE /api/auth/sessions/{session_id}",
    "PATCH /api/auth/sessions/{session_id}", "POST /app/account/sessions/{session_id}/name",
    "GET /api/auth/log", "GET /app/account/log",
    "GET /api/auth/counting", "PUT /api/auth/counting", "GET /app/account/counting", "POST /app/account/counting",
    "GET /app/account/help", "POST /app/account/help",
    "GET /api/survey", "POST /api/survey", "DELETE /api/survey",
    "POST /app/notices/survey", "POST /app/notices/announcement",
    "POST /api/auth/confirm", "POST /api/auth/confirm/options", "POST /api/auth/confirm/passkey",
    "GET /app/account/confirm", "POST /app/account/confirm", "POST /app/account/confirm/passkey",
    "GET /api/auth/passkeys", "POST /api/auth/passkeys", "POST /api/auth/passkey-options",
    "PATCH /api/auth/passkeys/{passkey_id}", "DELETE /api/auth/passkeys/{passkey_id}",
    "POST /api/auth/factor/passkey",
    "GET /api/auth/elsewhere", "DELETE /api/auth/elsewhere/{linked_id}",
    "GET /app/account/elsewhere", "GET /app/account/elsewhere/go", "POST /app/account/elsewhere",
    "POST /app/account/elsewhere/{linked_id}/unlink", "GET /app/account/confirm/elsewhere",
    "GET /app/account/passkeys", "POST /app/account/passkeys", "POST /app/account/passkeys/step",
    "POST /app/account/passkeys/{passkey_id}/name", "POST /app/account/passkeys/{passkey_id}/remove",
    "GET /api/auth/factor", "POST /api/auth/factor", "POST /api/auth/factor/confirm",
    "POST /api/auth/factor/codes", "POST /api/auth/factor/off",
    "GET /api/auth/tokens", "POST /api/auth/tokens", "DELETE /api/auth/tokens/{token_id}",
    "GET /app/account", "POST /app/account", "POST /app/account/password", "GET /app/account/export.json",
    "GET /app/account/delete", "POST /app/account/delete", "GET /app/account/sessions",
    "POST /app/account/sessions/others/end", "POST /app/account/sessions/{session_id}/end",
    "GET /app/account/factor", "POST /app/account/factor", "POST /app/account/factor/confirm",
    "POST /app/account/factor/codes", "POST /app/account/factor/off",
    "GET /app/account/email", "POST /app/account/email", "POST /app/account/email/verify",
    "GET /api/auth/email", "POST /api/auth/email", "POST /api/auth/verify/again", "POST /api/auth/language",
    "GET /api/alerts", "POST /api/alerts/read", "GET /api/reminders", "PUT /api/reminders",
    "GET /app/alerts", "GET /app/alerts.{kind}", "GET /app/alerts/live", "POST /app/alerts/read",
    "GET /app/account/reminders", "POST /app/account/reminders",
    "GET /app/account/tokens", "POST /app/account/tokens", "POST /app/account/tokens/{token_id}/revoke",
}  # fmt: skip

OPEN |= billing.OPEN | desk.OPEN | documents.OPEN_LINKS
SIGNED_IN |= billing.SIGNED_IN | desk.SIGNED_IN | documents.ANYBODYS

# Of whoever runs the site; to anybody else there is nothing at these, whoever they are (tests/insights has the rest).
OPERATORS = {
    "GET /operator/money", "POST /operator/money",
    "GET /operator/help", "POST /operator/help",
    "GET /operator/people", "GET /operator/companies", "GET /operator/people/{looked_at}",
    "GET /operator/companies/{looked_at}", "GET /operator/jobs", "POST /operator/jobs",
    "GET /operator/announcements", "POST /operator/announcements", "GET /operator/switches",
    "POST /operator/switches/{switch_name}",
    "GET /operator/figures/{page_name}", "GET /operator/figures/{figure_name}/table.csv",
    "GET /operator/answers", "POST /operator/answers", "GET /operator/answers/questions.json",
    "GET /operator/answers/{message_id}", "POST /operator/answers/{message_id}",
    "GET /operator/status", "GET /operator/status.json",
    "GET /operator", "GET /operator/enter", "POST /operator/enter", "POST /operator/enter/passkey",
}  # fmt: skip
