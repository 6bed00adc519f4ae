"""What can be wrong with an answer, and with a request for a year."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.language import translate
from complianceai.site.words import marked


class Fault(ValueError):
    """One answer cannot be taken; the sentence over its fields says the rule and the cure, and can be translated."""

    def __init__(self, sentence: str, **fields: object) -> None:
        super().__init__(sentence.format_map(fields))
        self.sentence = sentence
        self.fields = fields

    def told(self, language: str) -> str:
        """The sentence in a language."""
        return translate(language, self.sentence).format_map(self.fields)


class DateGone(DomainError):
    """The company's facts no longer bring the date that was asked for."""

    code = "register.date_gone"
    kind = Kind.MISSING
    sentence = marked("This company has no such date. Its facts may have changed; look at its year again.")


class WindowFaulty(DomainError):
    """The window of a calendar ends before it starts, or is longer than one may ask for."""

    code = "register.window_faulty"
    kind = Kind.INVALID
    sentence = marked(
        "The window must start on or before the day it ends, and span at most {most_years} years."
    )


class FactsFaulty(DomainError):
    """The rules no longer take the company's facts as kept, as after an upgrade that reads them more strictly."""

    code = "register.facts_faulty"
    kind = Kind.INVALID
    sentence = marked(
        "The facts of this company no longer fit the rules: {fault}. Edit them, and its year is back."
    )
