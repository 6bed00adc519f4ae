import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from complianceai.site.language import FOLDER, LANGUAGES, translate, translations
from complianceai.site.numbers import long_date, nearness
from tests.site.strings import sentences

OTHERS = sorted(path.stem for path in FOLDER.glob("*.po"))
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_into_every_language(language: str) -> None:
    with (Path(FOLDER) / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    known = {
        text for entry in catalogue for text in (entry.id if isinstance(entry.id, tuple) else (entry.id,))
    }
    assert sorted(sentences() - known) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_translation_keeps_the_places_of_its_values(language: str) -> None:
    with (Path(FOLDER) / f"{language}.po").open("rb") as file:
        for entry in read_po(file, locale=language):
            originals = entry.id if isinstance(entry.id, tuple) else (entry.id,)
            said = entry.string if isinstance(entry.string, tuple) else (entry.string,)
            for translation in said if entry.id else ():
                assert translation, entry.id
                assert sorted(PLACES.findall(translation)) == sorted(PLACES.findall(originals[0])), entry.id


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_kept_of_a_sentence_that_is_gone(language: str) -> None:
    with (Path(FOLDER) / f"{language}.po").open("rb") as file:
        kept = {
            text
            for e in read_po(file, locale=language)
            for text in (e.id if isinstance(e.id, tuple) else (e.id,))
        }
    assert sorted(kept - sentences() - {""}) == []


def test_a_language_names_itself() -> None:
    assert LANGUAGES == {"en": "English", "hi": "हिन्दी"}


def test_a_language_nobody_wrote_speaks_english() -> None:
    assert translate("xx", "Yes") == "Yes"
    assert translations("hi").gettext("Yes") == "हाँ"


def test_dates_are_said_in_hindi() -> None:
    assert long_date(date(2026, 5, 20), "hi") == "20 मई 2026"
    assert nearness(date(2026, 11, 28), date(2026, 11, 25), "hi") == "3 दिन में"
