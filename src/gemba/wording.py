"""Every text a person reads, in the language they chose (a leaf).

Source texts are English and stand where they are used: `text("Seal a pack")`. Translations are gettext catalogues
under `resources/locale/<language>/LC_MESSAGES/gemba.mo`. Two made-up languages help testing: `en-XA` makes every text
40 % longer with accents, `ar-XB` shows it from right to left.

A number brings the word that fits it: `text("{n:file|files} in {m:folder|folders}", n=1, m=3)`; in a translation there
are as many forms as its language has. Counts stand with their thousands apart, the same on the command line, in the
window and in print.

Sentences for failures are kept apart, one file a room under `resources/locale/sentences/`, keyed by the error's code.
"""

from __future__ import annotations

import gettext as _gettext
import json
from functools import cache
from string import Formatter
from typing import Any

from gemba.errors import GembaError
from gemba.shipped import resource

LONG = "en-XA"
"""Made-up language: every text about 40 % longer."""
MIRRORED = "ar-XB"
"""Made-up language: written from right to left."""

_LONGEST = 600
"""Letters of a fact in a sentence."""
_JOINERS = frozenset("\u200c\u200d")
"""Signs that no reader sees, but words of several scripts and emoji need them."""

_ACCENTS = str.maketrans("aeiouAEIOUcnsyz", "àéîöûÀÉÎÖÛçñšýž")


class _Chosen:
    """The language of the whole program: one for all threads, as there is one person at the screen."""

    language = "en"
    catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def use(language: str) -> None:
    """Choose the language of every text from now on; an unknown one falls back to English."""
    _Chosen.language = language
    _Chosen.catalogue = _gettext.translation("gemba", resource("locale"), languages=[language], fallback=True)


def language() -> str:
    """The chosen language, as a BCP 47 tag."""
    return _Chosen.language


def right_to_left() -> bool:
    """True when the chosen language is written from right to left."""
    return _Chosen.language.partition("-")[0] in {"ar", "he", "fa", "ur"}


def text(source: str, /, **facts: Any) -> str:
    """The text for `source` (English) in the chosen language, with `{names}` filled from `facts`."""
    return _fill(_made_up(_Chosen.catalogue.gettext(source)), facts)


def plural(one: str, many: str, count: int, /, **facts: Any) -> str:
    """The singular or plural text for `count`; both may name `{n}`, which is the count with its thousands apart."""
    return _fill(_made_up(_Chosen.catalogue.ngettext(one, many, count)), {"n": _grouped(count), **facts})


def sentence(error: GembaError) -> str:
    """One clear sentence for a failure, with the way out; the code itself when no sentence is known."""
    source = sentences().get(error.code)
    if source is None:
        return f"{error.code}: " + ", ".join(f"{key} {value}" for key, value in error.facts.items())
    return _fill(_made_up(_Chosen.catalogue.gettext(source)), {key: short(fact) for key, fact in error.facts.items()})


def short(fact: Any) -> Any:
    """A fact as it may stand in a sentence: on one line, without signs that turn the text around, and not a page long.

    What somebody typed comes back in sentences, and it may be anything; facts that are no text stay as they are.
    """
    if not isinstance(fact, str):
        return fact
    spaced = (" " if letter.isspace() else letter for letter in fact)
    line = "".join(letter for letter in spaced if letter.isprintable() or letter in _JOINERS)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


@cache
def sentences() -> dict[str, str]:
    """All failure sentences by code, from `resources/locale/sentences/*.json`."""
    found: dict[str, str] = {}
    for file in sorted(resource("locale", "sentences").glob("*.json")):
        found |= json.loads(file.read_text("utf-8"))
    return found


def _fill(message: str, facts: dict[str, Any]) -> str:
    """`message` with its fields filled; a field without a fact shows as `?` rather than failing."""
    if not facts and "{" not in message:
        return message
    return _Lenient().vformat(message, (), facts)


class _Lenient(Formatter):
    """A formatter for sentences: a missing fact is shown, never raised, when somebody is being told of a failure."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        del args
        return kwargs.get(str(key), "?")

    def format_field(self, value: Any, format_spec: str) -> Any:
        """As usual; `{n:file|files}` is the number with the form that fits it in the chosen language."""
        if "|" not in format_spec:
            return super().format_field(value, format_spec)
        forms = format_spec.split("|")
        shown = _grouped(value) if isinstance(value, int) else value
        return f"{shown} {forms[min(_form_for(value), len(forms) - 1)]}"


def _grouped(count: int) -> str:
    """A count with its thousands apart: as English does it, or by the thin space that every language reads."""
    shown = f"{count:,}"
    return shown if _Chosen.language.partition("-")[0] == "en" else shown.replace(",", "\u202f")


def _form_for(value: Any) -> int:
    """Which of the forms of a word fits a number; a number that is spelled already counts by how it reads."""
    count = int(value) if isinstance(value, int) or str(value).isdecimal() else 2
    chosen = getattr(_Chosen.catalogue, "plural", None)  # that of the catalogue that was read
    return int(chosen(count)) if chosen is not None else int(count != 1)


def _made_up(message: str) -> str:
    """`message` in a made-up test language, or as it is."""
    if _Chosen.language not in {LONG, MIRRORED}:
        return message
    parts: list[str] = []
    for literal, field, spec, conversion in Formatter().parse(message):
        parts.append(literal.translate(_ACCENTS))
        if field is not None:
            shape = (spec or "").translate(_ACCENTS) if "|" in (spec or "") else spec
            parts.append("{" + field + (f"!{conversion}" if conversion else "") + (f":{shape}" if shape else "") + "}")
    shown = "".join(parts)
    if _Chosen.language == MIRRORED:
        return f"\u202e{shown}\u202c"
    return shown + " " + "·" * max(1, round(len(shown) * 0.4) - 1) if shown.strip() else shown
