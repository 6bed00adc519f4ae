"""Every figure by the page of the console on which it stands."""

from collections.abc import Mapping

from complianceai.insights.figures import joining, opinions, revenue, service, staying
from complianceai.insights.figures.model import Gatherer

PAGES: Mapping[str, Mapping[str, Gatherer]] = {
    "growth": {
        "sign-ups": joining.sign_ups,
        "activation": joining.funnel,
        "active": joining.active,
        "actions": joining.actions,
    },
    "retention": {"retention-weekly": staying.weekly, "retention-monthly": staying.monthly},
    "revenue": {"mrr": revenue.recurring, "worth": revenue.worth, "conversion": revenue.conversion},
    "opinions": {"csat": opinions.csat, "nps": opinions.nps},
    "service": {"assistant": service.assistant, "reminders": service.reminders, "storage": service.storage},
}
FIGURES: Mapping[str, Gatherer] = {name: each for page in PAGES.values() for name, each in page.items()}
