"""Names in a text: those that are known (customer, staff), and what follows a title or "my name is".

Known names are found by their parts, whatever their case and accents (Müller, MULLER, Mueller), with a possessive s.
Parts that are everyday words too (May, Will, Long) count only where they are written as a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from gemba.methods.text.spans import Sort, Span

_NEVER_ALONE = """mr mrs ms miss mx dr prof sir madam madame mme monsieur mlle herr herrn frau señor señora srta sr sra
    signor signora sig don doña mevrouw meneer pan pani
    von van der den de del della di da do das du la le les el al bin bint ibn ben abu y e zu zum zur ter ten
    and und et jr ii iii of the"""
"""Titles and particles: no names by themselves."""
_EVERYDAY = """may will mark grant bill rich rose long young bank june april august summer hope grace faith joy art
    frank drew chase gene dean miles pat rob sue ray jack major king law lane wood woods hill stone field page price
    white black brown green gray grey small short best good day early winter frost snow rain rice fish bird wolf fox
    hand foot head banks brook church marsh ford mills moss cook baker butler carter mason miller porter taylor turner
    walker weaver smith kurz lang klein gross weiß schwarz braun koch richter kaiser könig vogel fuchs berg stein
    sommer herbst jung neu alt gut blanc petit grand noir rey cruz paz luz sol flores reyes post brief case"""
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-ÞŁŚŻŠČŽ])[\w'’]*(?:-(?-i:[A-ZÀ-ÖØ-Þ])[\w'’]*)?"
_FULL = (
    rf"(?P<name>(?:(?-i:[A-Z])\. ?){{0,2}}{_CAPITAL}"
    rf"(?: (?:van|von|der|de|den|del|la|di|da|al|bin) (?={_CAPITAL})| ?(?-i:[A-Z])\. ?| )?(?:{_CAPITAL})?)"
)
_TITLED = re.compile(
    r"(?<!\w)(?-i:Mr|MR|Mrs|MRS|Ms|MS|Miss|Mx|Dr|Prof|Herrn?|Frau|Monsieur|Madame|Mme|Mlle|Señora?|Srta|Sra?|Signora?|Sig"
    rf"|Mevrouw|Meneer)\.? (?:(?-i:Dr|Prof)\.? )?{_FULL}",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"(?<!\w)(?:my (?:full |last |first )?name is|name:|mein name ist|ich heiße|je m['’]appelle|mon nom est|me llamo"
    rf"|mi nombre es|mi chiamo|mijn naam is) {_FULL}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})
_EXTRA = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_BETWEEN = re.compile(
    r"[ \-]{1,2}|,? ?(?:[^\W\d_]\.? ){0,2}| (?:(?:von|van|der|den|de|del|la|di|da|dos|al|bin|zu|y) ){1,3}"
)
_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\. ?$")
_ARABIC_PREFIX = re.compile(r"^[وفبلك]{1,2}")


def folded(word: str) -> str:
    """A word in lower case without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold().translate(_EXTRA))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


_WORDS_NEVER_ALONE = frozenset(map(folded, _NEVER_ALONE.split()))
_EVERYDAY_WORDS = frozenset(map(folded, _EVERYDAY.split()))


def titled(text: str) -> Iterator[Span]:
    """Names after a title or after "my name is"; the title stays."""
    for form in (_TITLED, _INTRODUCED):
        for match in form.finditer(text):
            words = match["name"].rstrip(" .")
            yield Span(match.start("name"), match.start("name") + len(words), Sort.NAME)


def known(text: str, names: Iterable[str]) -> Iterator[Span]:
    """Where parts of these names stand, neighbours as one; a name that holds digits is a number, looked for whole."""
    given = [" ".join(name.split()) for name in names if name.strip()]
    for number in (name for name in given if any(sign.isdigit() for sign in name) and len(name) > 2):
        for match in re.finditer(rf"(?<!\w){re.escape(number)}(?!\w)", text, re.IGNORECASE):
            yield Span(match.start(), match.end(), Sort.ID)
    parts = _parts([name for name in given if not any(sign.isdigit() for sign in name)])
    if parts:
        yield from _joined(text, list(_words(text, parts)), {part[:1] for part in parts})
        yield from _unspaced(text, given)


def _parts(names: Iterable[str]) -> set[str]:
    """The parts of names in every way they may be written, folded."""
    plain = {part for name in names for part in _WORD.findall(name) if folded(part) not in _WORDS_NEVER_ALONE}
    plain |= {name.replace("-", "") for name in names if "-" in name and " " not in name}
    ways = {way for part in plain for way in (folded(part), folded(part.casefold().translate(_UMLAUTS)))}
    ways |= {re.sub("([aou])e", r"\1", way) for way in ways if len(way) > 5}
    return {way for way in ways if len(way) > 1 or not way.isascii()}


def _words(text: str, parts: set[str]) -> Iterator[tuple[int, int, bool]]:
    """Where parts stand, and whether each is surely one: not an everyday word, or written as a name."""
    for match in _WORD.finditer(text):
        bare = _POSSESSIVE.sub("", match[0])
        word = folded(bare)
        ways: tuple[str, ...] = (word, word[:-1] if word.endswith("s") and len(word) > 4 else "")
        ways += (_ARABIC_PREFIX.sub("", word),) if "\u0600" <= word[:1] <= "\u06ff" else ()
        part = next((way for way in ways if way in parts), None)
        if part is not None:
            everyday = part in _EVERYDAY_WORDS or (len(part) < 4 and part.isascii())
            dated = text[match.end() : match.end() + 2].strip().isdigit()
            yield match.start(), match.start() + len(bare), not everyday or (bare[:1].isupper() and not dated)


def _joined(text: str, found: Sequence[tuple[int, int, bool]], letters: set[str]) -> Iterator[Span]:
    """Neighbouring parts as one span, an initial before it with it; one that is not sure stands by a sure one."""
    runs: list[tuple[int, int, bool]] = []
    for start, end, sure in found:
        if runs and _BETWEEN.fullmatch(text, runs[-1][1], start):
            runs[-1] = (runs[-1][0], end, sure or runs[-1][2])
        else:
            runs.append((start, end, sure))
    for start, end, sure in runs:
        initial = _INITIAL.search(text[max(0, start - 4) : start])
        early = initial is not None and folded(initial[1])[:1] in letters
        if sure or early:
            yield Span(start - len(initial[0]) if initial and early else start, end, Sort.NAME)


def _unspaced(text: str, names: Iterable[str]) -> Iterator[Span]:
    """Names of scripts that write no spaces between words."""
    for name in names:
        if len(name) > 1 and all("\u2e80" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af" for sign in name):
            for match in re.finditer(re.escape(name), text):
                yield Span(match.start(), match.end(), Sort.NAME)
