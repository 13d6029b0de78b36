"""What leaders agree on after they have looked at a role's month, kept as an entry of the register for it."""

from __future__ import annotations

import msgspec

from gemba.domain.change import Change
from gemba.domain.decisions import Standing
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.wording import text
from gemba.work import registers
from gemba.work.decision_words import standing_words
from gemba.work.desk import Desk
from gemba.work.discretion import COMPARED, MonthReview, review, span
from gemba.work.registers import EntryDraft

REGISTER = "discretion_review"


class LeadersNote(msgspec.Struct, frozen=True, kw_only=True):
    """What leaders agreed on."""

    month: str
    """`2026-11`."""
    role: str
    """Whose decisions were looked at."""
    present: str
    """Roles, no names."""
    agreed: str = ""
    judgement: str = ""
    """`fits`, `under`, `over`, `uneven`; empty while it is planned."""
    cases: str = ""
    place: Uid | None = None


def keep_note(desk: Desk, note: LeadersNote) -> Change:
    """Keep what leaders agreed on, with the shares of that month; held once they judged and agreed.

    Raises:
        Refusal: `work.discretion_month`; as `gemba.work.registers.add`.
    """
    begins, ends = span(note.month, 1)
    with desk.reader() as reader:
        found = review(reader, begins, ends, place=note.place, role=note.role)
    months = [month for some in found.months.values() for month in some]
    fields = {
        "month": note.month,
        "role": " ".join(note.role.split()),
        "present": note.present.strip(),
        "seen": seen_words(months[0]) if months else text("No decision of this role in that month."),
        "judgement": note.judgement,
        "cases": note.cases.strip(),
        "agreed": note.agreed.strip(),
    }
    if note.judgement not in {"", "fits", "under", "over", "uneven"}:
        raise Refusal("work.discretion_judgement", given=note.judgement)
    title = text("{role}, {month}", role=fields["role"], month=note.month)
    draft = EntryDraft(title, {code: value for code, value in fields.items() if value}, place=note.place)
    made = registers.add(desk, REGISTER, draft)
    if note.judgement and fields["agreed"]:
        registers.move(desk, made.uid, "held")
    return made


def seen_words(month: MonthReview) -> str:
    """What was seen of a month, in one line."""
    shown = (*COMPARED, Standing.UNBOUNDED, Standing.UNTOLD)
    parts = [f"{standing_words(one)} {month.shares[one].count}" for one in shown]
    return text("Of {total:decision|decisions}: {parts}.", total=month.total, parts=", ".join(parts))
