"""Entries on maturity that follow from the self-assessment of practices in the starter library."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.forms.views import View
from gemba.kinds.registers.change import EVIDENCE, MATURITY
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.conduct import Sheet, sheet_of
from gemba.work.desk import Desk
from gemba.work.register_view import Proposal, as_declared
from gemba.work.registers import EntryDraft

FORM = "cx_practice_maturity"
_LEVEL, _PHOTO, _FILE, _WORDS = "_level", "_photo", "_file", "_evidence"
_MOST = 50
"""Assessments that are read at once."""


def from_assessments(desk: Desk, reader: Reader) -> tuple[Proposal, ...]:
    """An entry for every practice of the newest concluded assessment of each place that no entry names yet."""
    named = {link for one in as_declared(reader, MATURITY) for link in one.links}
    newest = _newest(reader)
    wanted = [one for one in newest if f"assessment:{one.uid}" not in named][:_MOST]
    return tuple(proposal for one in wanted for proposal in _of(sheet_of(desk, reader, one.uid)))


def _newest(reader: Reader) -> list[Assessment]:
    """The newest concluded one of each place, the newest first; one that was corrected gives way."""
    found: list[Assessment] = []
    for template in reader.find(Template, form_id=FORM):
        found += reader.find(Assessment, template=template.uid, state=AssessmentState.CONCLUDED)
    corrected = {one.corrects for one in found}
    by_place: dict[Uid, Assessment] = {}
    for one in sorted(found, key=lambda each: (each.concluded_at or each.started_at, each.uid)):
        if one.uid not in corrected:
            by_place[one.place] = one
    return list(reversed(by_place.values()))


def _of(sheet: Sheet) -> Iterator[Proposal]:
    for item in sheet.fill.items():
        shown = sheet.fill.view(item.path) if item.name.endswith(_LEVEL) else None
        if shown is not None and shown.value.isdecimal() and int(shown.value) <= len(EVIDENCE):
            yield _proposal(sheet, shown)


def _proposal(sheet: Sheet, shown: View) -> Proposal:
    """The ladder is cumulative: what bears out a level bears out those below it."""
    one, level = sheet.assessment, int(shown.value)
    about = f"assessment:{one.uid}"
    shows = _evidence(sheet, shown.path)
    day = (one.concluded_at or one.started_at).date()
    fields = {"judged_on": day.isoformat(), "level": shown.value}
    if shows:
        fields |= dict.fromkeys(EVIDENCE[:level], shows)
    draft = EntryDraft(shown.label.strip().rstrip("."), fields, place=one.place, links=(about,))
    reason = text("{number}: level {level} at {place}", number=one.number, level=level, place=sheet.place.name)
    return Proposal(f"{one.number}.{shown.name.removesuffix(_LEVEL)}", draft, reason)


def _evidence(sheet: Sheet, path: str) -> str:
    """The photo or file of a practice, else the assessment where its words are; empty when nothing was shown."""
    wanted = {path, path + _PHOTO, path + _FILE}
    for piece in sheet.evidence:
        if piece.path in wanted:
            return f"evidence:{piece.uid}"
    said, _ = sheet.fill.answers().get(path + _WORDS, ("", ""))
    return f"assessment:{sheet.assessment.uid}" if said.strip() or sheet.notes.get(path) else ""
