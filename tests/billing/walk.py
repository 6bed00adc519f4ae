"""Who may use which address of plans and payment; rows are read by tests/test_walk.py."""

OPEN = {"GET /pricing", "GET /api/billing/plans"}
SIGNED_IN = {"GET /api/billing/plan", "GET /api/billing/usage", "GET /app/account/plan"}

# By the gateway's signature.
OPEN |= {"POST /billing/paid/{subscription_id}"}
SIGNED_IN |= {
    "GET /app/account/subscription", "POST /app/account/subscription", "POST /app/account/subscription/particulars",
    "GET /app/account/subscription/{subscription_id}", "POST /app/account/subscription/{subscription_id}",
    "PUT /api/billing/particulars", "GET /api/billing/subscriptions", "POST /api/billing/subscriptions",
    "GET /api/billing/subscriptions/{subscription_id}", "POST /api/billing/subscriptions/{subscription_id}/look",
    "POST /api/billing/subscriptions/{subscription_id}/cancel",
    "POST /api/billing/subscriptions/{subscription_id}/pause",
    "POST /api/billing/subscriptions/{subscription_id}/resume",
    "GET /app/account/invoices", "GET /app/account/invoices/{invoice_id}.pdf",
    "GET /api/billing/invoices", "GET /api/billing/invoices/{invoice_id}.pdf",
}  # fmt: skip
PLACES = {
    "subscription_id": "01a21023-3f4c-73b9-808e-3f0076b49641",
    "invoice_id": "01a21023-3f4c-73b9-808e-3f0076b49641",
}
