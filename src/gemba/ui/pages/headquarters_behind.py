"""What is behind the figures of headquarters that count no records: files that have not arrived, packs that wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gemba import wording
from gemba.domain.evidence import Evidence
from gemba.store import lacking, quarantined
from gemba.store.lacking import Lacking
from gemba.store.quarantined import Quarantined, Why
from gemba.store.reading import Reader
from gemba.store.record_history import laptop_names
from gemba.ui import conflict_words, terms
from gemba.ui.lineage.behind import Behind, Part
from gemba.ui.lineage.record_shown import RecordShown, read_record
from gemba.work.blind_parts import withheld
from gemba.work.record_titles import noun_title

_FILE, _PACK = "file", "pack"
_SHORT = 16
"""Digits of a hash that tell files apart."""


def missing_files(number: str, title: str, count: int) -> Behind:
    """The files that packs named and that have not arrived, told apart by laptop.

    Args:
        number: as it is shown.
        title: what it counts.
        count: of files.
    """
    return Behind(number=number, title=title, count=count, read=_read_missing, tell=_tell)


def packs_waiting(number: str, title: str, count: int) -> Behind:
    """The packs in quarantine, told apart by why they are there.

    Args: as `missing_files`.
    """
    return Behind(number=number, title=title, count=count, read=_read_waiting, tell=_tell)


def why_words(why: Why) -> str:
    """Why a pack is in quarantine."""
    return {
        Why.UNKNOWN: wording.text("Its sender, or somebody in it, is not enrolled."),
        Why.REVOKED: wording.text("It goes beyond what is believed of a revoked laptop."),
    }[why]


def _read_missing(desk: Any) -> Sequence[Part]:
    with desk.reader() as reader:
        found = lacking.lacking(reader)
        kept = _evidence(reader, found)
        names = laptop_names(reader, (one.device for one in found))
    by_laptop: dict[str, list[Lacking]] = {}
    for one in found:
        by_laptop.setdefault(one.device, []).append(one)
    return [_of_laptop(conflict_words.laptop(names.get(device, "")), some, kept) for device, some in by_laptop.items()]


def _evidence(reader: Reader, found: Iterable[Lacking]) -> dict[str, Evidence]:
    """By hash the record that the file belongs to, where that has arrived and may be told; of several the oldest."""
    apart = withheld(reader)
    every = reader.among(Evidence, "sha256", {one.sha256 for one in found})
    records = [one for one in every if ("evidence", one.uid) not in apart]
    return {one.sha256: one for one in sorted(records, key=lambda one: (one.added_at, one.uid), reverse=True)}


def _of_laptop(name: str, some: Sequence[Lacking], kept: dict[str, Evidence]) -> Part:
    records, words = [], {}
    for one in some:
        record = kept.get(one.sha256)
        noun, uid = ("evidence", record.uid) if record is not None else (_FILE, one.sha256)
        records.append((noun, uid))
        words[uid] = " · ".join(filter(None, (record.name if record is not None else "", one.sha256[:_SHORT])))
    return Part(name, tuple(records), words)


def _read_waiting(desk: Any) -> Sequence[Part]:
    with desk.reader() as reader:
        found = quarantined.all_quarantined(reader)
    return [
        Part(why_words(why), tuple((_PACK, one.sha256) for one in some), {one.sha256: one.words for one in some})
        for why in Why
        if (some := [one for one in found if one.why is why])
    ]


def _tell(desk: Any, uid: str) -> RecordShown | None:
    """A record, a file of which nothing but its hash has arrived, or a pack."""
    with desk.reader() as reader:
        pack = quarantined.find(reader, uid)
        lacks = next((one for one in lacking.lacking(reader) if one.sha256 == uid), None)
        device = pack.device if pack is not None else lacks.device if lacks is not None else ""
        name = laptop_names(reader, (device,)).get(device, "") if device else ""
    laptop = conflict_words.laptop(name)
    if pack is not None:
        return _pack_shown(pack, laptop, is_known=bool(name))
    return _file_shown(lacks, laptop) if lacks is not None else read_record(desk, uid)


def _pack_shown(pack: Quarantined, laptop: str, *, is_known: bool) -> RecordShown:
    fields = (
        (wording.text("Laptop"), laptop if is_known else wording.text("not enrolled")),
        (wording.text("Fingerprint"), pack.words),
        (wording.text("Why"), why_words(pack.why)),
        (wording.text("Arrived"), terms.moment(pack.arrived_at)),
        (wording.text("SHA-256"), pack.sha256),
    )
    way = ("headquarters", pack.device if is_known else "")
    return RecordShown(_PACK, pack.sha256, noun_title(_PACK), pack.words, fields, way)


def _file_shown(one: Lacking, laptop: str) -> RecordShown:
    fields = (
        (wording.text("Laptop"), laptop),
        (wording.text("Named by the pack"), one.pack),
        (wording.text("SHA-256"), one.sha256),
    )
    title = one.sha256[:_SHORT]
    return RecordShown(_FILE, one.sha256, noun_title(_FILE), title, fields, ("headquarters", one.device))
