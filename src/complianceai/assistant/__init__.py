"""Answers with the law cited: what is asked is understood by rules, every number comes from the engine (bare room).

`text`, `names`, `moments`, `figures`, `intents` read a question; `understanding` puts that together; `replies/` has an
answer for each thing that people ask; `boundaries` says what is refused; `simple` is the whole of it.
"""

from complianceai.assistant.answer import Answer, answer_as_plain
from complianceai.assistant.simple import ask

__all__ = ["Answer", "answer_as_plain", "ask"]
