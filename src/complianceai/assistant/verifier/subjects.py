"""The words of a text that tell what it is about."""

from __future__ import annotations

from functools import lru_cache

from complianceai.assistant.text import normal, words

# What every text of this kind has, and tells nothing apart.
_COMMON_WORDS = """
    a an the of and or to in on at by for from with without within under after before until up is are was were be been
    has have had do does did not no nor it its this that these those they you your he his their who whom which what when
    where as if so than then each every any all both some one other another same such may must shall should can could
    will would there here more most less least only also too over above below between into out about against per
    है हैं था थे का की के को से में पर तक और या यह वह जो कि ने भी ही नहीं तो एक इस उस हो होता होती होते कर करना करने
    hai hain ka ki ke ko se mein par tak aur ya yeh woh jo bhi hi nahi toh is us ho hota hoti kar karna
"""
_COMMON = frozenset(_COMMON_WORDS.split())


@lru_cache(maxsize=8192)
def telling(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about, shortened to their stems and without figures."""
    found = (word.key for word in words(normal(text)))
    return frozenset(
        _stem(each)
        for each in found
        if each not in _COMMON and len(each) > 1 and not any(map(str.isdigit, each))
    )


def _stem(word: str) -> str:
    # Enough for plurals and the commonest endings.
    if word.isascii() and len(word) > 4:
        for ending in ("ies", "ing", "es", "ed", "s"):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
