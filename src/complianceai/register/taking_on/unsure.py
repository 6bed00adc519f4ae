"""What nobody knows of a client that a table describes in a few words."""

from collections.abc import Mapping
from typing import Any

from complianceai.base.clock import today_in_india
from complianceai.register.interview.groups import groups
from complianceai.register.interview.reading import HELPERS
from complianceai.register.interview.shapes import Question
from complianceai.register.interview.trees import get


def unsure_of(profile: Mapping[str, Any]) -> set[str]:
    """The paths of all questions of yes or no that the profile leaves open: a table that is silent says no to none."""
    asked = [item for group in groups(today_in_india()) for item in group.items if isinstance(item, Question)]
    return {
        each.path
        for each in asked
        if each.kind == "yes_no" and each.path not in HELPERS and get(profile, each.path) is None
    }
