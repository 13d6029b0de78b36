"""What goes back, in words, before it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import msgspec

from gemba.domain.nouns import NOUNS
from gemba.domain.record import Uid
from gemba.store.reading import Reader
from gemba.store.record_history import noun_of
from gemba.store.tables import REFERENCES
from gemba.wording import plural, right_to_left, text
from gemba.work.desk import Desk
from gemba.work.field_words import Spelling, field_title, value_words
from gemba.work.record_titles import noun_title, title_by_uid
from gemba.work.take_back import Part, Plan, planned


class PartTold(msgspec.Struct, frozen=True):
    """What goes back of one record."""

    noun: str
    uid: Uid
    noun_title: str
    title: str
    lines: tuple[str, ...]
    """Each field: what it says now, and what it will say."""


class PlanTold(msgspec.Struct, frozen=True):
    """All that goes back in one step."""

    step: Uid
    headline: str
    parts: tuple[PartTold, ...]
    alike: int
    """Other records of which the same was said in one go."""
    whole: bool

    @property
    def is_one(self) -> bool:
        """Whether only the record that was asked for goes back, and nothing else could."""
        return len(self.parts) == 1 and not self.alike


def told(
    desk: Desk,
    uid: Uid,
    *,
    whole: bool = False,
    day: Callable[[date], str] = date.isoformat,
    moment: Callable[[datetime], str] = datetime.isoformat,
) -> PlanTold:
    """What taking back would write, in words.

    Args:
        desk: who asks.
        uid: of the record.
        whole: as `gemba.work.take_back.take_back` has it.
        day: writes a day as the reader does.
        moment: writes a moment as the reader does.

    Raises:
        Refusal: as `gemba.work.take_back.take_back` does.
    """
    with desk.reader() as reader:
        plan = planned(reader, uid, whole=whole)
        spelling = Spelling(day, moment, lambda noun, one: _name(reader, noun, one))
        parts = tuple(
            PartTold(one.noun, one.uid, noun_title(one.noun), one.title, tuple(_lines(reader, one, spelling)))
            for one in plan.parts
        )
    return PlanTold(plan.step, headline(plan), parts, plan.alike, whole)


def headline(plan: Plan) -> str:
    """How much goes back, and what else could."""
    count = len(plan.parts)
    said = plural("{n} record goes back in one step.", "{n} records go back in one step, all of it or nothing.", count)
    if not plan.alike:
        return said
    rest = plural(
        "The same was said of {n} other record in one go; it stays as it is.",
        "The same was said of {n} other records in one go; they stay as they are.",
        plan.alike,
    )
    return f"{said} {rest}"


def _lines(reader: Reader, part: Part, spelling: Spelling) -> Iterator[str]:
    if part.withdraws:
        yield text("It goes off the record.")
        return
    record = reader.get(NOUNS[part.noun], part.uid)
    now = msgspec.to_builtins(record) if record is not None else {}
    arrow = "←" if right_to_left() else "→"
    for field, value in part.values.items():
        names = REFERENCES[part.noun].get(field, "")
        before, after = (value_words(part.noun, field, one, names, spelling) for one in (now.get(field), value))
        yield f"{field_title(part.noun, field)}: {before} {arrow} {after}"
    for field in part.follows:
        yield text("{field}: follows again from its actions", field=field_title(part.noun, field))


def _name(reader: Reader, noun: str, uid: Uid) -> str:
    """What a record that a value names is called."""
    noun = noun or noun_of(reader, uid)
    return title_by_uid(reader, noun, uid) if noun in NOUNS else ""
