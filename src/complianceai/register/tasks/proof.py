"""What an approval is bound to: the facts of a filing and the hashes of its evidence, as canonical JSON."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Filing:
    """What was filed, for which duty, and when.

    Units: the amount is in paise.
    """

    task_id: UUID
    company_id: UUID
    key: str
    form: str
    registration: str | None
    period_label: str
    filed_on: date | None
    acknowledgement: str
    amount_paise: int | None
    filing_note: str

    @property
    def has_proof(self) -> bool:
        """Whether a day and an acknowledgement number are given; a file may stand for the number."""
        return self.filed_on is not None and bool(self.acknowledgement)


def facts_of(filing: Filing, evidence: Collection[str]) -> str:
    """The facts as canonical JSON: sorted names, no spaces, the hashes of the evidence in order."""
    told = {
        "acknowledgement": filing.acknowledgement,
        "amount_paise": filing.amount_paise,
        "company": str(filing.company_id),
        "duty": filing.key,
        "evidence": sorted(evidence),
        "filed_on": filing.filed_on.isoformat() if filing.filed_on else None,
        "form": filing.form,
        "note": filing.filing_note,
        "period": filing.period_label,
        "registration": filing.registration,
        "task": str(filing.task_id),
    }
    return json.dumps(told, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def hash_of(facts: str) -> str:
    """The SHA-256 of canonical facts."""
    return sha256(facts.encode()).hexdigest()
