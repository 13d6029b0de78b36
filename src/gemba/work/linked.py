"""Whether the records that entries name are still there."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from gemba.domain.nouns import NOUNS
from gemba.store import erasing
from gemba.store.reading import Reader


class Linked(StrEnum):
    """How a record that is named stands."""

    HERE = "here"
    ERASED = "erased"
    """What it said of a person is gone for good; it is no evidence any more."""
    TAKEN_AWAY = "taken_away"
    """A person took it off the record."""
    MISSING = "missing"
    """It has not come here."""


def linked(reader: Reader, links: Iterable[str]) -> dict[str, Linked]:
    """How the records stand that links name, each as `noun:uid`."""
    named = {link: (link.partition(":")[0], link.partition(":")[2]) for link in links if link}
    erased = erasing.fetch(reader.connection, set(named.values()))
    by_noun: dict[str, list[str]] = {}
    for noun, uid in named.values():
        by_noun.setdefault(noun, []).append(uid)
    here = {
        (noun, record.uid): bool(getattr(record, "removed", False))
        for noun, uids in by_noun.items()
        if noun in NOUNS
        for record in reader.many(NOUNS[noun], uids)
    }
    return {link: _state(subject, erased, here) for link, subject in named.items()}


def evidence(reader: Reader, links: Iterable[str]) -> frozenset[str]:
    """Those of the links that may stand as evidence: the record is here, and nobody erased it or took it away."""
    return frozenset(link for link, state in linked(reader, links).items() if state is Linked.HERE)


def _state(subject: tuple[str, str], erased: dict[tuple[str, str], bool], here: dict[tuple[str, str], bool]) -> Linked:
    if erased.get(subject):
        return Linked.ERASED
    if subject not in here:
        return Linked.MISSING
    return Linked.TAKEN_AWAY if here[subject] else Linked.HERE
