"""Why a record was not imported, in words: one sentence with the way out."""

from __future__ import annotations

from gemba.wording import text
from gemba.work.intake_records import LONGEST_CELL
from gemba.work.short_names import LONGEST


def words(code: str, value: str = "", column: str = "") -> str:
    """The sentence of a reason.

    Args:
        code: of a `Faulty` record or an `Unfit` cell.
        value: what stands there.
        column: title of the column.
    """
    facts = {"value": value, "column": column, "most": f"{LONGEST_CELL:,}", "longest": LONGEST}
    said = _ABOUT_LINES.get(code) or _ABOUT_CELLS.get(code)
    return text(_OTHERWISE, column=column) if said is None else text(said, **facts)


_ABOUT_LINES = {
    "encoding": "The line is in another encoding than the file; write it anew.",
    "long": "The line is too long to be a record; only its beginning is shown.",
    "nul": "The line holds NUL bytes, which no text has; take them out.",
    "quotes": "A quotation mark is opened and not closed, or stands inside a cell undoubled.",
    "columns": "The line has more or fewer cells than there are titles.",
    "formula": "A formula was never calculated; open the workbook, save it, and import it again.",
    "key_twice": "The key “{value}” stands in an earlier line, too; that one was taken.",
    "unknown_place": "“{value}” is no place that is known here; add it, or have places made.",
    "long_name": "“{value}” is longer than the {longest} characters that a place's name has; shorten it in the file.",
    "place_twice": "Several places are called “{value}”; give the uid of one.",
    "ahead": "It was received at {value}, ahead of the clock of this computer; see which of them is wrong.",
}
_ABOUT_CELLS = {
    "no_key": "There is no key in column {column}; without one nobody knows it again.",
    "long_key": "The key in column {column} is longer than 200 characters.",
    "long_cell": "Column {column} holds {value} characters; at most {most} are taken.",
    "no_day": "Column {column} does not say when it was decided; without a day it is in no quarter and no sample.",
    "ahead_day": "It was decided on {value}, ahead of the clock of this computer; see which of them is wrong.",
    "no_title": "Column {column} does not say what was decided.",
    "no_place": "Column {column} does not say where it was decided; name the place of such records, or add it.",
    "no_role": "Column {column} does not say which role decided; name the role of such records, or add it.",
    "amount": "“{value}” in column {column} is no amount.",
    "negative": "“{value}” in column {column} is below zero.",
    "no_unit": "{value} says not what it counts; name the unit of such amounts, or add a column for it.",
    "expires_before": "It would expire on {value}, before it was decided.",
    "unknown_goal": "“{value}” is no commitment that is known here; add it, or leave such goals out.",
    "goal_not_then": "“{value}” did not hold at that place on that day; name a commitment that did, or leave it out.",
    "no_goal": "It goes against a commitment, and none is named.",
    "unknown_exception": "“{value}” is no exception standard that is known here; add it to the register first.",
    "audited": "{value} was judged in a concluded audit and stays as it is.",
    "no_receipt": "Column {column} does not say when it was received.",
    "date": "“{value}” in column {column} is no date of the calendar.",
    "number": "“{value}” in column {column} is no whole number.",
    "unknown_word": "“{value}” in column {column} is no word that is known for it.",
    "unknown_code": ("“{value}” in column {column} is in no version of the vocabulary; add it, or have codes added."),
}
_OTHERWISE = "Column {column} names more new things than one import makes; it may stand for something else."
