"""Imports structlog without rich, which it would take along for coloured tracebacks that are not wanted here.

With pygments and attrs that is 4 MB in every serving process. Import this before anything that imports structlog.
"""

import sys
from typing import Any, cast

_modules = cast("dict[str, Any]", sys.modules)
_is_asked = "rich" in _modules

if not _is_asked:
    _modules["rich"] = None  # an ImportError to whoever asks, and structlog does without
try:
    import structlog
finally:
    if not _is_asked:
        del _modules["rich"]

__all__ = ["structlog"]
