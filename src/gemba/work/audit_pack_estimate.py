"""How large an audit pack will be, told before anything is drawn.

Text is reckoned from counts that the records tell. Photos are reckoned from a sample of them, spread evenly, that is
copied as the pack would: what a photo weighs can only be known from photos like it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gemba.domain.evidence import Evidence
from gemba.domain.record import Uid
from gemba.errors import GembaError
from gemba.packs import limits
from gemba.work.audit_pack_choice import Choice, Resolution
from gemba.work.audit_pack_copies import copy_at, picture_of
from gemba.work.audit_pack_survey import Survey
from gemba.work.desk import Desk

_SAMPLE = 48
"""Photos that are copied to know what the others weigh."""
_LARGE_SAMPLE = 12
"""The same at full size, which takes longer; there the original's own size says most of it."""

_FONTS, _PER_REPORT, _PER_QUESTION, _PER_FINDING, _PER_ACTION, _PER_PRINTED = 22_100, 5_200, 112, 540, 150, 2_400
"""Bytes in the binder; the last of a photo beside its picture. These and the following were fitted to 31 packs of 1 to
240 reports of forms with 4 to 43 questions; see docs/audit-pack-format.md."""
_WORKBOOK, _FORM, _COLUMN, _ROW, _CELL, _RECORD = 16_500, 1_800, 195, 600, 82, 800
"""Bytes in CSV and workbook together: once, of a form, of a question of it, of an assessment, of a question of it, of a
finding."""
_PER_PIECE = 1_630
"""Bytes that a piece of evidence takes beside itself: register, tables, manifests, zip."""
_REST, _FORM_REST = 12_900, 1_410
"""Bytes of README, statement, description, manifests and zip: once, and of a form."""


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What a pack will weigh."""

    resolution: Resolution
    total: int
    """Bytes of the file, before sealing; the seal adds less than a thousandth."""
    binder: int
    tables: int
    evidence: int
    assessments: int
    photos: int
    files: int
    """Evidence that is no photo."""
    budget: int | None = None

    @property
    def fits(self) -> bool:
        """True when it stays within what was asked for."""
        return self.budget is None or self.total <= self.budget


def room_of(choice: Choice) -> int:
    """Bytes that a pack may have: what was asked for, and never more than one file can hold."""
    most = limits.LARGEST_ZIP - 2_000_000
    return most if choice.budget is None else min(choice.budget, most)


def estimates(desk: Desk, choice: Choice, survey: Survey) -> list[Estimate]:
    """What the pack will weigh at the resolution asked for, then at each lower one."""
    pieces = [piece.item for piece in survey.pieces]
    present = [item for item in pieces if not _erased(item, survey) and desk.store.evidence.has(item.sha256)]
    photos, files = [item for item in present if item.width], [item for item in present if not item.width]
    small = _mean(desk, photos)
    tables = _tables(survey)
    printed = sum(1 for item in photos if item.path or item.finding)  # others stand in the register alone
    binder = _text(survey) + round((small + _PER_PRINTED) * printed)
    rest = _REST + _FORM_REST * len(_forms(survey)) + _PER_PIECE * len(pieces)
    found = []
    ladder = list(Resolution)
    for resolution in ladder[ladder.index(choice.evidence) :]:
        weight = round(_weight(desk, photos, resolution)) + sum(item.size for item in files)
        found.append(
            Estimate(
                resolution=resolution,
                total=binder + tables + weight + rest,
                binder=binder,
                tables=tables,
                evidence=weight,
                assessments=len(survey.subjects),
                photos=len(photos),
                files=len(files),
                budget=choice.budget,
            )
        )
    return found


def resolution_within(found: Sequence[Estimate], room: int) -> Estimate:
    """The highest resolution that keeps to `room` bytes; the lowest when none does."""
    return next((one for one in found if one.total * 1.04 <= room), found[-1])


def _erased(item: Evidence, survey: Survey) -> bool:
    return item.uid in survey.erased or item.sha256 in survey.erased


def _text(survey: Survey) -> int:
    questions = sum(one.questions for one in survey.subjects)
    findings = sum(one.findings for one in survey.subjects)
    actions = sum(one.actions for one in survey.subjects)
    reports = len(survey.subjects)
    return _FONTS + _PER_REPORT * reports + _PER_QUESTION * questions + _PER_FINDING * findings + _PER_ACTION * actions


def _tables(survey: Survey) -> int:
    """Bytes of CSV and workbook, but for the rows of evidence."""
    forms = _forms(survey)
    records = sum(one.findings for one in survey.subjects) + len(survey.done)
    cells = sum(one.questions for one in survey.subjects)
    once = _WORKBOOK + _FORM * len(forms) + _COLUMN * sum(forms.values())
    return once + _ROW * len(survey.subjects) + _CELL * cells + _RECORD * records


def _forms(survey: Survey) -> dict[Uid, int]:
    """The checklists, each with its questions."""
    return {one.assessment.template: one.questions for one in survey.subjects}


def _weight(desk: Desk, photos: Sequence[Evidence], resolution: Resolution) -> float:
    """Bytes of all photos at a resolution."""
    if resolution is not Resolution.ORIGINAL:
        sample = _spread(photos, _SAMPLE)
        return len(photos) * sum(_copied(desk, item, resolution) for item in sample) / (len(sample) or 1)
    # At full size a copy is the very picture but for its remarks, or one drawn anew: in proportion to the original.
    sample = _spread(photos, _LARGE_SAMPLE)
    copied = sum(_copied(desk, item, resolution) for item in sample)
    originals = sum(item.size for item in sample)
    return sum(item.size for item in photos) * (copied / originals if originals else 1.0)


def _mean(desk: Desk, photos: Sequence[Evidence]) -> float:
    """Bytes of a photo in the binder, of those that can be read."""
    weights = [len(jpeg) for item in _spread(photos, _SAMPLE) if (jpeg := picture_of(desk, item))]
    return sum(weights) / len(weights) if weights else 0.0


def _copied(desk: Desk, item: Evidence, resolution: Resolution) -> int:
    try:
        return sum(map(len, copy_at(desk, item, resolution)))
    except GembaError:
        return 0


def _spread(photos: Sequence[Evidence], most: int) -> list[Evidence]:
    """Some of the photos, the same ones each time, in no order that has to do with their size."""
    ordered = sorted(photos, key=lambda item: (item.sha256, item.uid))
    step = max(1, len(ordered) // most)
    return ordered[::step][:most]
