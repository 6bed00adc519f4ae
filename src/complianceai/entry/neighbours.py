"""The neighbours of the settings, as a worker looks at them every minute."""

from complianceai.billing.razorpay.asking import Razorpay
from complianceai.billing.razorpay.till import Till
from complianceai.entry.model_settings import chain_of, has_models
from complianceai.entry.settings import Settings
from complianceai.operations.status.looking import (
    Look,
    cache_look,
    files_look,
    mail_look,
    model_look,
    razorpay_look,
)
from complianceai.storage.files import Files


def neighbours(settings: Settings, files: Files, till: Till | None) -> dict[str, Look]:
    """A look for each neighbour that the settings name, by the name under which it is shown."""
    looks = {"files": files_look(files)}
    if settings.redis_url:
        looks["cache"] = cache_look(settings.redis_url)
    if settings.smtp_url:
        looks["mail"] = mail_look(settings.smtp_url)
    if has_models(settings):
        looks |= {f"model {each.name}": model_look(each) for each in chain_of(settings).specs}
    if till:
        looks["razorpay"] = razorpay_look(Razorpay(till))
    return looks
