"""What any record says of itself, beside the list of what is behind a number; read on a job's thread."""

from __future__ import annotations

from typing import Any

import msgspec

from gemba.domain.evidence import Evidence
from gemba.domain.nouns import NOUNS
from gemba.domain.record import Record, Uid
from gemba.store.reading import Reader
from gemba.store.record_history import noun_of
from gemba.ui import terms
from gemba.work.blind_parts import withheld
from gemba.work.field_words import Spelling, field_title, value_words
from gemba.work.record_titles import noun_title, title_by_uid, title_of

_MOST = 14
_LONGEST = 160
_QUIET = frozenset({"uid", "number", "sha256", "frame", "seed", "layout", "settings"})
"""Fields that tell people nothing."""


class RecordShown(msgspec.Struct, frozen=True):
    """A record in a few words."""

    noun: str
    uid: Uid
    sort: str
    title: str
    fields: tuple[tuple[str, str], ...]
    """Name and value of each field that says something."""
    way: tuple[str, ...] = ()
    """Page and place of the record that it belongs to, where it has no page of its own."""


_OWNERS = {
    "judgement": ("audit", "audits", "audits:"),
    "agreed_verdict": ("audit", "audits", "audits:"),
    "sample_item": ("decision", "alignment", "decisions:"),
    "effect_check": ("action", "actions", ""),
    "cluster_decision": ("review", "reviews", ""),
    "calibration_rating": ("session", "audits", "calibration:"),
    "escalation_step": ("escalation", "escalations", "escalations:"),
    "observation": ("assessment", "conduct", ""),
    "answer": ("assessment", "conduct", ""),
    "conclusion": ("assessment", "conduct", ""),
    "evidence": ("assessment", "conduct", ""),
    "measure_value": ("measure", "insights", ""),
    "pin": ("complaint", "complaints", ""),
    "body_member": ("body", "calendar", "bodies:"),
}
"""By noun: the field that names its owner, and where that is shown."""


def read_record(desk: Any, uid: Uid) -> RecordShown | None:
    """What a record says; `None` when it is not here or may not be told yet."""
    with desk.reader() as reader:
        noun = noun_of(reader, uid)
        record = reader.get(NOUNS[noun], uid) if noun in NOUNS else None
        if record is None or (noun, uid) in withheld(reader):
            return None
        return RecordShown(
            noun, uid, noun_title(noun), title_of(record, uid), _fields(reader, noun, record), _way(record, noun)
        )


def _fields(reader: Reader, noun: str, record: Record) -> tuple[tuple[str, str], ...]:
    def named(sort: str, uid: str) -> str:
        sort = sort or noun_of(reader, uid)
        return title_by_uid(reader, sort, uid) if sort else ""

    spelling = Spelling(terms.day, terms.moment, named)
    said = msgspec.to_builtins(record)
    told = (
        (field_title(noun, field), value_words(noun, field, value, "", spelling))
        for field, value in said.items()
        if field not in _QUIET and not isinstance(value, dict) and value not in (None, "", [], False)
    )
    return tuple((name, words) for name, words in told if len(words) <= _LONGEST)[:_MOST]


def _way(record: Record, noun: str) -> tuple[str, ...]:
    if isinstance(record, Evidence) and record.subject.startswith("action:"):
        return ("actions", record.subject.partition(":")[2])
    field, page, before = _OWNERS.get(noun, ("", "", ""))
    uid = getattr(record, field, None) if field else None
    return (page, f"{before}{uid}") if uid else ()
