"""Whether a write-up names people: what is systemic is told by roles and conditions, never by who it was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

import msgspec

from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.methods.text.personal import Sort, found
from gemba.methods.text.stop_words import STOP_WORDS, stop_words_of
from gemba.store import review_sets, vocabularies
from gemba.store.reading import Reader

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PAIR = re.compile(r"(?<![.!?:;\n] )(?<!\n)(?<!^)\b([A-ZÀ-ÖØ-Þ][a-zß-ÿ]+) ([A-ZÀ-ÖØ-Þ][a-zß-ÿ]+)\b")
"""Two capitalised words that do not begin a sentence."""
_FIRST_PAIR = re.compile(r"(?:^|(?<=[.!?:;\n] )|(?<=\n))([A-ZÀ-ÖØ-Þ][a-zß-ÿ]+) ([A-ZÀ-ÖØ-Þ][a-zß-ÿ]+) (?=[a-zß-ÿ])")
"""Two capitalised words that begin a sentence, before one that has no capital: in a sentence, not in a title."""
_LONGEST = 4
"""Words of a customer's name that are looked for together."""


class Named(msgspec.Struct, frozen=True):
    """Who seems to be named."""

    sure: tuple[str, ...] = ()
    """People and customers who are known here, and names that follow a title."""
    maybe: tuple[str, ...] = ()
    """Pairs of capitalised words that may be names."""


def names_in(
    reader: Reader, texts: Iterable[str], complaints: Collection[Uid] = (), *, beginnings: bool = False
) -> Named:
    """The people whom texts name.

    Args:
        reader: of the store.
        texts: of a write-up.
        complaints: whose customers must not be named.
        beginnings: look at the first two words of sentences, too, where only names have capitals (not in German).
    """
    written = [text for text in texts if text.strip()]
    if not written:
        return Named()
    people = [person.name for person in reader.find(Person) if _is_a_name(person.name)]
    customers = _whole_names(review_sets.customers(reader, complaints)) if complaints else set()
    known = _known_words(reader)
    sure: dict[str, None] = {}
    maybe: dict[str, None] = {}
    for text in written:
        sure |= dict.fromkeys(text[span.start : span.end] for span in found(text, people) if span.sort is Sort.NAME)
        sure |= dict.fromkeys(_customers_in(text, customers))
        pairs = [*_PAIR.findall(text), *(_first_pairs(text) if beginnings else ())]
        maybe |= dict.fromkeys(f"{a} {b}" for a, b in pairs if not {_folded(a), _folded(b)} & known)
    return Named(tuple(sure), tuple(name for name in maybe if not any(name in one or one in name for one in sure)))


def demand_nameless(
    reader: Reader,
    texts: Iterable[str],
    complaints: Collection[Uid] = (),
    *,
    are_no_names: bool = False,
    beginnings: bool = False,
) -> None:
    """Demand that a systemic write-up names nobody.

    Args:
        reader: of the store.
        texts: of the write-up.
        complaints: whose customers must not be named.
        are_no_names: somebody has looked at what may be names and says that they are none.
        beginnings: as for `names_in`.

    Raises:
        Refusal: `work.names_people`, or `work.may_name_people` as long as nobody has looked.
    """
    named = names_in(reader, texts, complaints, beginnings=beginnings)
    if named.sure:
        raise Refusal("work.names_people", names=", ".join(named.sure))
    if named.maybe and not are_no_names:
        raise Refusal("work.may_name_people", names=", ".join(named.maybe))


def _first_pairs(text: str) -> list[tuple[str, str]]:
    """Pairs that begin a sentence, unless the first word of it is one that sentences begin with."""
    if stop_words_of([text]) == STOP_WORDS["de"]:
        return []
    return [
        (a, b) for a, b in _FIRST_PAIR.findall(text) if not any(a.lower() in words for words in STOP_WORDS.values())
    ]


def _is_a_name(called: str) -> bool:
    """Login names and roles ("Night auditor") are no names: of a name every word has a capital, where there are any."""
    words = called.split()
    return bool(words) and not any(word[0].islower() for word in words)


def _customers_in(text: str, customers: set[tuple[str, ...]]) -> list[str]:
    words = _WORD.findall(text)
    plain = [_folded(word) for word in words]
    return [
        " ".join(words[at : at + length])
        for at in range(len(words))
        for length in range(2, _LONGEST + 1)
        if tuple(plain[at : at + length]) in customers
    ]


def _whole_names(customers: Iterable[str]) -> set[tuple[str, ...]]:
    """Names of two to four words, in either order; single words and numbers are too common to be told from others."""
    names: set[tuple[str, ...]] = set()
    for customer in customers:
        words = tuple(map(_folded, _WORD.findall(customer)))
        if 2 <= len(words) <= _LONGEST:
            names |= {words, words[::-1]}
    return names


def _known_words(reader: Reader) -> set[str]:
    """Words of places and codes: they are written with capitals and name nobody."""
    said = [place.name for place in reader.find(Place)]
    for facet in Facet:
        said += vocabularies.titles(reader, facet).values()
    return {_folded(word) for each in said for word in _WORD.findall(each)}


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
