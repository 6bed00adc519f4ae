"""A model's text on its way to a reader: what asserts nothing at once, the rest when its sentence is borne out."""

from __future__ import annotations

import re
from typing import NamedTuple

from complianceai.assistant.verifier import Evidence, check_sentence
from complianceai.assistant.verifier.checking import Dropped, Verified
from complianceai.assistant.verifier.sentences import Cited, cited, take_sentences

# From here on a sentence may assert something that can be looked for, or hold what is not to be shown.
_RISK = re.compile(
    r"[\d\[\]<>(){}|*_`#@/:&%₹\u0966-\u096f]|https?|\b(?:rs|inr|rupees?|lakhs?|crores?|hundred|thousand|million|end|last|first|second|"
    r"third|once|twice|half|double|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|\w+ieth|\w+teenth|\w+th|every|each|per|daily|weekly|monthly|quarterly|yearly|annual\w*|"
    r"same|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|form|section|rule|act|code|article|"
    r"schedule|notification|circular|not?|never|it|this|that|they|such|however|so|therefore|but)\b|[\u0900-\u097F]|\b(?-i:[A-Z]{2,})",
    re.IGNORECASE,
)
_SHORTEST = 3


class Step(NamedTuple):
    """What a reader is to see next: more text, or everything anew because what was shown is taken back."""

    text: str
    is_anew: bool = False


class Showing:
    """The text of one attempt, sentence by sentence."""

    def __init__(self, evidence: Evidence) -> None:
        """Nothing was said yet."""
        self._evidence = evidence
        self._rest = ""
        self._shown_of_rest = ""
        self._kept: list[Cited] = []
        self._dropped: list[Dropped] = []
        self._follows_dropped = False
        self.has_shown = False

    @property
    def verified(self) -> Verified:
        """What is kept of it and what is not."""
        return Verified(tuple(self._kept), tuple(self._dropped))

    def add(self, piece: str) -> list[Step]:
        """What to show once this piece has come."""
        whole, self._rest = take_sentences(self._rest + piece)
        steps = [step for sentence in whole for step in self._judge(sentence)]
        if text := self._harmless():
            steps.append(Step(text))
        return self._noted(steps)

    def end(self) -> list[Step]:
        """What to show now that nothing more comes."""
        last, self._rest = cited(self._rest), ""
        return self._noted(list(self._judge(last)) if last.text or last.ids else [])

    def _judge(self, sentence: Cited) -> list[Step]:
        why = check_sentence(sentence, self._evidence, follows_dropped=self._follows_dropped)
        shown, self._shown_of_rest = self._shown_of_rest, ""
        self._follows_dropped = bool(why)
        if why:
            self._dropped.append(Dropped(sentence, why))
            return [Step(self._text(), is_anew=True)] if shown else []
        self._kept.append(sentence)
        if sentence.text.startswith(shown):
            return [Step(sentence.text[len(shown) :] + "\n")]
        return [Step(self._text(), is_anew=True)]

    def _harmless(self) -> str:
        """The words of the unfinished sentence that may go out already."""
        if self._follows_dropped or self._rest[:1] in "-*•":
            return ""
        start = len(self._shown_of_rest)
        risk = _RISK.search(self._rest, max(start - 1, 0))
        until = self._rest.rfind(" ", 0, risk.start() if risk else len(self._rest)) + 1
        if until <= start or len(self._rest[:until].strip()) < _SHORTEST:
            return ""
        # What begins a line is trimmed of a whole sentence; only what will stand there may be shown.
        text = self._rest[start:until].lstrip() if not start else self._rest[start:until]
        if not start and self._rest[:until].lstrip() != self._rest[:until]:
            self._rest = self._rest.lstrip()
            until = len(text)
        self._shown_of_rest = self._rest[:until]
        return text

    def _text(self) -> str:
        return "".join(f"{each.text}\n" for each in self._kept)

    def _noted(self, steps: list[Step]) -> list[Step]:
        self.has_shown = self.has_shown or any(each.text for each in steps)
        return steps
