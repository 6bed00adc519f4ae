"""Who may use which address of plans and payment; rows are read by tests/test_walk.py."""

OPEN = {"GET /pricing", "GET /api/billing/plans"}
SIGNED_IN = {"GET /api/billing/plan", "GET /api/billing/usage", "GET /app/account/plan"}
