"""What every page of a company's tasks is given."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request

from complianceai.base.errors import DomainError
from complianceai.register.tasks.policies import may
from complianceai.register.tasks.states import PRIORITY_WORDS, STATE_WORDS, Deed
from complianceai.register.tasks.words import PART_WORDS, titles_in
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope


def of_company(request: Request, company: Company, scope: Scope) -> dict[str, Any]:
    """The company, what the person may do to its tasks, and the words for their states."""
    return {
        "company": company,
        "base": f"/app/companies/{company.id}",
        "now": scope.today,
        "sees": may(company.role, Deed.SEE_INSIDE),
        "can_work": may(company.role, Deed.WORK),
        "can_discuss": may(company.role, Deed.DISCUSS),
        "may_set": may(company.role, Deed.SET_UP),
        "state_words": STATE_WORDS,
        "priority_words": PRIORITY_WORDS,
        "parts": PART_WORDS,
        "titles": titles_in(preferences(request).language),
    }


def said(request: Request, faults: Mapping[str, str]) -> dict[str, str]:
    """The sentences in the visitor's language."""
    language = preferences(request).language
    return {name: translate(language, sentence) for name, sentence in faults.items()}


def told(request: Request, error: DomainError) -> str:
    """A refusal in the visitor's language, words of the trade in its fields included."""
    language = preferences(request).language
    fields = {name: translate(language, str(value)) for name, value in error.fields.items()}
    return translate(language, error.sentence).format_map(fields)
