"""The packs of a publication: what headquarters wrote for all, and for each laptop on records it has a part in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

import msgspec

from gemba.hq.opened_doubles import opened_doubles
from gemba.hq.published_nouns import FROM_ANYBODY, LEARNED, PUBLISHED_TO_ALL, TO_WHOM_IT_CONCERNS
from gemba.packs.publication import FOR_ALL, Target
from gemba.packs.request import Sealed
from gemba.store import selections
from gemba.store.heads import Subject
from gemba.store.reading import Reader
from gemba.store.transit import Correspondent
from gemba.work.blind_parts import withheld
from gemba.work.desk import Desk
from gemba.work.seal_selection import Selection, known_devices, seal_selection

_REWRITTEN = frozenset({"complaint_lot"})
"""Nouns whose file headquarters may have written anew (an erasure): then the laptop that made it lacks it, too."""


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """What one pack of a publication holds."""

    whom: str
    """A device id, or "all"."""
    recipient: str
    selection: Selection


def shares(reader: Reader, after: int, audience: str, laptops: Collection[Correspondent]) -> Iterator[Share]:
    """What is to be published of all that came after a local number of the journal.

    Args:
        reader: headquarters' store.
        after: the last number that was published.
        audience: age key of everybody.
        laptops: whom publications are for.
    """
    devices = frozenset(known_devices(reader, certified=True))
    for_all = selections.written_since(reader, after, PUBLISHED_TO_ALL, own=True)
    for_all |= selections.written_since(reader, after, FROM_ANYBODY | LEARNED, own=False)
    if for_all:
        named = frozenset(selections.with_named(reader, for_all))
        yield Share(
            whom=FOR_ALL,
            recipient=audience,
            selection=Selection(subjects=named, devices=devices, shown=named),
        )
    known = {one.id: one.recipients[0] for one in laptops}
    apart = withheld(reader)
    for laptop, subjects in sorted(_wanted(reader, after, set(known)).items()):
        named = frozenset(selections.with_named(reader, subjects - apart))
        made = selections.makers(reader, named)
        foreign = frozenset(
            one
            for one in named
            if one[0] not in PUBLISHED_TO_ALL
            and (laptop not in made.get(one, ()) or (one[0] in _REWRITTEN and reader.device.id in made.get(one, ())))
        )
        yield Share(
            whom=laptop,
            recipient=known[laptop],
            selection=Selection(subjects=named, devices=devices - {laptop}, shown=foreign),
        )


def seal_share(desk: Desk, reader: Reader, share: Share, folder: Path) -> Target | None:
    """Seal a pack of a publication into a folder; `None` when nobody could read anything in it."""
    sealed: Sealed | None = seal_selection(
        desk, reader, share.selection, to=desk.store.device.id, recipients=[share.recipient], out_dir=folder
    )
    if sealed is None:
        return None
    sealed.path.replace(folder / sealed.sha256)
    said = {"for": share.whom, "to": share.recipient}
    return Target(f"packs/{sealed.sha256}.gemba", sealed.sha256, sealed.size, said)


def _wanted(reader: Reader, after: int, laptops: Collection[str]) -> dict[str, set[Subject]]:
    """What goes to each laptop: what concerns it, and what two auditors judged once both have handed in."""
    found = _concerned(reader, after, laptops)
    for laptop, subjects in opened_doubles(reader, after, laptops).items():
        found[laptop] |= subjects
    return found


def _concerned(reader: Reader, after: int, laptops: Collection[str]) -> dict[str, set[Subject]]:
    """For each laptop the records that headquarters has a part in, and that changed, and that concern it."""
    changed = selections.shared_since(reader, after, TO_WHOM_IT_CONCERNS)
    about = {subject: selections.subject_of(reader, subject) or subject for subject in changed}
    naming = selections.naming(reader, set(about.values()))
    found: dict[str, set[Subject]] = defaultdict(set)
    for subject in changed:
        near = _not_for_all(selections.with_named(reader, {subject, about[subject]}) | naming[about[subject]])
        for devices in selections.makers(reader, near).values():
            for laptop in devices & set(laptops):
                found[laptop].add(subject)
    return found


def _not_for_all(subjects: Collection[Subject]) -> set[Subject]:
    return {one for one in subjects if one[0] not in PUBLISHED_TO_ALL}
