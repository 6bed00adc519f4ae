"""The till of the settings."""

from complianceai.billing.razorpay.till import RAZORPAY, Seller, Till
from complianceai.entry.settings import Settings


def make_till(settings: Settings) -> Till | None:
    """What the settings say of being paid; None without keys, or without anybody in whose name invoices are written."""
    secret, hook = settings.razorpay_key_secret, settings.razorpay_webhook_secret
    if not (settings.razorpay_key_id and secret):
        return None
    if not (settings.seller_name and settings.seller_gstin and settings.seller_address):
        return None
    seller = Seller(settings.seller_name, settings.seller_gstin, settings.seller_address, settings.seller_sac)
    return Till(
        settings.razorpay_key_id,
        secret.get_secret_value(),
        None if hook is None else hook.get_secret_value(),
        seller,
        settings.razorpay_base_url or RAZORPAY,
    )
