"""Whether what a model wrote stands in what it was given: sentence by sentence, each number, date, form and section.

`numerals` writes figures for words, `days`, `sums`, `labels` and `turns` read claims, `claims` puts them together,
`evidence` is what a sentence may rest on, `sentences` takes a text apart, `checking` judges.
"""

from complianceai.assistant.verifier.checking import Verified, check_sentence, verify
from complianceai.assistant.verifier.evidence import Evidence, Passage

__all__ = ["Evidence", "Passage", "Verified", "check_sentence", "verify"]
