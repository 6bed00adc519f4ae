"""The YAML files of templates and clauses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from complianceai.catalogue.files import plain_loader
from complianceai.drafting.errors import TemplateFaults


def document(path: Path) -> Any:
    """What a YAML file says, dates as text.

    Errors: TemplateFaults where it is not YAML.
    """
    import yaml  # noqa: PLC0415 - a megabyte of each serving process, which leaves drafting to others

    try:
        return yaml.load(path.read_bytes(), plain_loader())  # nosec B506  # noqa: S506 - derived from the safe loader
    except yaml.YAMLError as error:
        raise TemplateFaults((f"{path.parent.name}/{path.name}: not YAML: {error}",)) from error
