"""The plans that are sold: data, one YAML file each, and what they cost with GST."""

from complianceai.billing.plans.loading import FREE, load, plan_named, with_more
from complianceai.billing.plans.model import Limits, Plan, Words
from complianceai.billing.plans.prices import GST_PERCENT, gst_on, with_gst

__all__ = [
    "FREE",
    "GST_PERCENT",
    "Limits",
    "Plan",
    "Words",
    "gst_on",
    "load",
    "plan_named",
    "with_gst",
    "with_more",
]
