"""The languages of the interface: English in the source, each other one a single file `languages/<code>.po`."""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from complianceai.site.words import Filled, Spoken

SOURCE_LANGUAGE = "en"
FOLDER = Path(__file__).parent / "languages"


def _names() -> dict[str, str]:
    """Each language's own name for itself, by code, read from the heads of the files."""
    names = {SOURCE_LANGUAGE: "English"}
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            header = next((line for line in file if line.startswith(b'"X-Language-Name:')), None)
        names[path.stem] = (
            header.decode().split(":", 1)[1].replace("\\n", "").strip(' "\n') if header else path.stem
        )
    return names


LANGUAGES = _names()


@lru_cache
def translations(language: str) -> NullTranslations:
    """The translations of a language; those of English give every sentence back unchanged."""
    path = FOLDER / f"{language}.po"
    if language == SOURCE_LANGUAGE or language not in LANGUAGES:
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def translate(language: str, sentence: str) -> str:
    """The sentence in the language, or the sentence itself where nobody has translated it yet."""
    if isinstance(sentence, Filled):
        fields = {name: _within(language, value) for name, value in sentence.fields.items()}
        return translations(language).gettext(sentence.sentence).format_map(fields)
    if isinstance(sentence, Spoken):
        return sentence.others.get(language, str(sentence))
    return translations(language).gettext(sentence) if sentence else sentence


def _within(language: str, value: str) -> str:
    # A plain value is somebody's own, such as a name, and stays letter by letter.
    return translate(language, value) if isinstance(value, Filled | Spoken) else value
