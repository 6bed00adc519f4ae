"""Words for where papers in bulk stand."""

from collections.abc import Mapping

from complianceai.site.words import marked

STATE_WORDS: Mapping[str, str] = {
    "looked": marked("looked at"),
    "running": marked("being made"),
    "done": marked("done"),
    "stopped": marked("stopped"),
    "failed": marked("given up"),
}
