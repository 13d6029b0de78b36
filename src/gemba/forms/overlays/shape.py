"""What an overlay's workbook says: where its columns stand, and what was found wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gemba.errors import Refusal
from gemba.forms.book import Book, Sheet
from gemba.forms.editing.columns import cell
from gemba.forms.editing.tree import Branch

PLACING = frozenset({"overlay", "after", "into", "core"})
"""Columns of the survey sheet that say what a row does and where a new one goes; `core` is only to be read."""
LOCAL = "bind::gemba:local"
"""Marks what the region added, in the finished workbook."""
PARKED = "parked"
"""What the column `overlay` says of a row that has no effect any more, and is kept to be read."""
CORE = "attribute::gemba:core"
"""Names the core, in the settings of the finished workbook."""
WORDS = frozenset({"", "add", "amend", PARKED})
"""What the column `overlay` may say."""
_NO = frozenset({"", "no", "false", "false()", "0"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that an overlay may not do. `code` names the sentence, `facts` fill it."""

    sheet: str
    row: int
    """Of the overlay's workbook; 0 when it is not about one row."""
    column: str
    item: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """Whose overlay it is, and of what."""

    core: str
    """Id of the core form."""
    core_version: str
    region: str
    version: str
    title: str


def about(overlay: Book) -> About:
    """What the settings of an overlay say.

    Raises:
        Refusal: forms.no_overlay when they do not say which core it is for, or which region's it is.
    """
    row = overlay.settings.rows[0] if overlay.settings.rows else {}
    said = {header.strip().lower(): text.strip() for header, text in row.items()}
    for needed in ("overlay_of", "region"):
        if not said.get(needed):
            raise Refusal("forms.no_overlay", column=needed)
    return About(
        core=said["overlay_of"],
        core_version=said.get("core_version", ""),
        region=said["region"],
        version=said.get("version", "1"),
        title=said.get("form_title") or said.get("title") or "",
    )


def holds(text: str) -> bool:
    """Whether a cell such as `required` or `critical` says yes, always or at times."""
    return text.strip().lower() not in _NO


def is_mandatory(book: Book, item: Branch) -> bool:
    """Whether the core demands an answer, or a failure here forces the outcome."""
    survey = book.survey
    return holds(cell(survey, item.row, "required")) or holds(cell(survey, item.row, "critical"))


def placed(row: Mapping[str, str], column: str) -> str:
    """What a row says in one of the columns that place it."""
    return next((text.strip() for header, text in row.items() if header.strip().lower() == column), "")


def is_parked(row: Mapping[str, str]) -> bool:
    """Whether a row of an overlay is kept without effect."""
    return placed(row, "overlay").lower() == PARKED


def row_number(sheet: Sheet, place: int) -> int:
    """The row of the source at which a row stands."""
    return sheet.numbers[place] if place < len(sheet.numbers) else place + 2
