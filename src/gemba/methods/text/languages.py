"""The language of a text, as an ISO 639-1 code; "not known" (empty) rather than a guess.

With the extra `text` by py3langid (97 languages, letter statistics). Without it by the script, where one script is one
language, and by the commonest words of nine languages, where one of them is clearly ahead.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from gemba.methods.text.stop_words import STOP_WORDS

SURE = 0.5
"""Share of the likelihood that the best language must have."""
_SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]"),
    ("ko", r"[\uac00-\ud7af]"),
    ("zh", r"[\u4e00-\u9fff]"),
    ("he", r"[\u0590-\u05ff]"),
    ("el", r"[\u0370-\u03ff]"),
    ("th", r"[\u0e00-\u0e7f]"),
    ("hy", r"[\u0530-\u058f]"),
    ("ka", r"[\u10a0-\u10ff]"),
    ("ta", r"[\u0b80-\u0bff]"),
)
_BY_SCRIPT = tuple((code, re.compile(signs)) for code, signs in _SCRIPTS)
_WORD = re.compile(r"[^\W\d_]+")
_NONE = {"zxx", "und"}
"""What the model says of what is no language."""
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ONLY_PERSIAN = re.compile(r"[پچژگکی]")


def language_of(text: str) -> str:
    """The language of a text; empty when it cannot be told (too short, mixed, numbers only)."""
    if sum(sign.isalpha() for sign in text) < 2:
        return ""
    by_script = _by_script(text)
    if by_script:
        return by_script
    model = _model()
    if model is None:
        return _by_words(text)
    code, share = model.classify(text)
    return str(code) if share >= SURE and code not in _NONE else ""


def languages_of(texts: Iterable[str]) -> list[str]:
    """The language of each text."""
    return [language_of(text) for text in texts]


def _by_script(text: str) -> str:
    """The language of a script that one language writes, when most letters are of it."""
    letters = [sign for sign in text if sign.isalpha()]
    ideograms = sum("\u4e00" <= sign <= "\u9fff" for sign in letters)
    for code, signs in _BY_SCRIPT:
        count = len(signs.findall(text)) + (ideograms if code == "ja" and signs.search(text) else 0)
        if count * 2 > len(letters):
            return code
    return ""


def _by_words(text: str) -> str:
    """The language whose commonest words stand in the text most often, when it is clearly ahead."""
    if len(_ARABIC.findall(text)) * 2 > len(text.replace(" ", "")):
        return "" if _ONLY_PERSIAN.search(text) else "ar"
    words = Counter(_WORD.findall(text.casefold()))
    hits = sorted(((sum(n for word, n in words.items() if word in of), code) for code, of in STOP_WORDS.items()))
    (second, _), (first, code) = hits[-2:]
    return code if first >= 2 and first > second else ""


@cache
def _model() -> Any:
    """The extra's model, once read; `None` without it."""
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
