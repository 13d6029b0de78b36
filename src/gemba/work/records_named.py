"""Which record a person means by a uid, a number, or the beginning of either, whatever its noun."""

from __future__ import annotations

from gemba.domain.nouns import NAMES, NOUNS
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.projection import fields_of
from gemba.store.reading import Reader
from gemba.store.record_history import noun_of, subjects_beginning

_SHORTEST = 8
"""Letters of a beginning."""


def record_named(reader: Reader, name: str) -> tuple[str, Uid]:
    """Noun and uid of the one record that a name means.

    Args:
        reader: of the store.
        name: uid or number, or at least eight letters of a beginning.

    Raises:
        Refusal: there is none, or several.
    """
    wanted = name.strip()
    noun = noun_of(reader, wanted.lower())
    if noun:
        return noun, wanted.lower()
    numbered = [kind for kind in NOUNS.values() if "number" in fields_of(NAMES[kind])]
    found = {(NAMES[kind], one.uid) for kind in numbered for one in reader.find(kind, number=wanted.upper())}
    if not found and len(wanted) >= _SHORTEST:
        near = (one for kind in numbered for one in reader.beginning(kind, "number", wanted.upper()))
        found = {(NAMES[type(one)], one.uid) for one in near} | set(subjects_beginning(reader, wanted.lower()))
    if len(found) > 1:
        raise Refusal("work.several_named", name=name)
    if not found:
        raise Refusal("work.history_unknown", uid=name)
    return found.pop()
