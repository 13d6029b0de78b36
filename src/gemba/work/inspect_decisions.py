"""Look at a decision log before it is imported: how it is read, and what its columns seem to stand for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from gemba.wording import text
from gemba.work import intake_mapping
from gemba.work.decision_fields import JOINED, TERMS
from gemba.work.decision_row import DecisionPlan, UnknownGoal
from gemba.work.desk import Desk
from gemba.work.import_decisions import NOUN, demand_columns
from gemba.work.intake_dates import Evidence
from gemba.work.intake_fields import KEY
from gemba.work.intake_guess import is_unique
from gemba.work.intake_mapping import Guess
from gemba.work.intake_plan import UnknownPlace
from gemba.work.intake_reading import SEPARATORS, Reading, Wish, read


class LogInspection(msgspec.Struct, frozen=True, kw_only=True):
    """What a file seems to be."""

    reading: Reading
    columns: tuple[Guess, ...]
    plan: DecisionPlan
    """As it would be imported if nobody corrects anything."""
    remembered: str = ""
    """Day of the import whose mapping is taken over; empty when none is."""
    remarks: tuple[str, ...] = ()
    """What was assumed, for people."""
    questions: tuple[str, ...] = ()
    """What a person has to look at: it can be read otherwise."""


def inspect(desk: Desk, path: Path, *, wish: Wish = Wish(), source: str = "") -> LogInspection:  # noqa: B008 - it never changes
    """Look at a file.

    Args:
        desk: who asks; the last import with the same columns, or of the same source, is taken over.
        path: the file: CSV with commas, semicolons, tabs or pipes, or a workbook (.xlsx).
        wish: what somebody who knows better says.
        source: name of the log that it comes from; as last time, or by the file's name, when empty.

    Raises:
        Refusal: `work.intake_*`, `forms.*`: it cannot be read.
        Trouble: `work.unreadable`.
    """
    reading = read(path, wish)
    with desk.reader() as reader:
        before = intake_mapping.remembered(reader, reading, source, NOUN)
    guesses = intake_mapping.guess(reading, before, TERMS)
    mapping = {one.column: one.field for one in guesses if one.field}
    dates = intake_mapping.date_evidence(reading, mapping, TERMS)
    known = before.reading if before is not None else {}
    order = "mdy" if dates.month_first > dates.day_first else "dmy"
    if not dates.day_first and not dates.month_first:
        order = known.get("date_order", order)
    plan = DecisionPlan(
        source=source or (before.source if before is not None else path.stem),
        mapping=mapping,
        date_order=order,
        unknown_places=UnknownPlace(known.get("unknown_places", "refuse")),
        unknown_goals=UnknownGoal(known.get("unknown_goals", "refuse")),
        **{name: known.get(name, "") for name in ("place", "role", "unit")},
    )
    return LogInspection(
        reading=reading,
        columns=tuple(guesses),
        plan=plan,
        remembered=before.on if before is not None else "",
        remarks=tuple(_remarks(reading, plan, dates)),
        questions=tuple(_questions(reading, plan, dates)),
    )


def corrected(plan: DecisionPlan, reading: Reading, said: Mapping[str, str]) -> DecisionPlan:
    """A plan with what somebody says of columns: field by column; an empty field for none.

    A field that is said of a column is no longer that of another, unless several may make it up.

    Raises:
        Refusal: `work.intake_column`, `work.intake_field`.
    """
    demand_columns(reading, said)
    taken = {field for field in said.values() if field and field not in JOINED}
    mapping = {title: field for title, field in plan.mapping.items() if field not in taken or title in said}
    mapping |= said
    return msgspec.structs.replace(plan, mapping={title: field for title, field in mapping.items() if field})


def _remarks(reading: Reading, plan: DecisionPlan, dates: Evidence) -> list[str]:
    said = []
    if reading.kind == "csv":
        separator = SEPARATORS.get(reading.separator, reading.separator)
        said.append(
            text("Read as {encoding} with {separator} between cells.", encoding=reading.encoding, separator=separator)
        )
    else:
        said.append(text("Sheet {sheet} of the workbook is read.", sheet=reading.sheet))
    if reading.header == 0:
        said.append(text("There are no titles; columns go by their numbers."))
    if reading.formulas:
        said.append(text("Some cells are formulas: what they came to when the workbook was saved last is taken."))
    if dates.day_first or dates.month_first:
        order = text("day before month") if plan.date_order == "dmy" else text("month before day")
        said.append(text("Dates are {order}: some can be nothing else.", order=order))
    if reading.decimal == ",":
        said.append(text("Decimals stand behind a comma."))
    return said


def _questions(reading: Reading, plan: DecisionPlan, dates: Evidence) -> list[str]:
    asked = []
    if dates.day_first and dates.month_first:
        asked.append(text("Some dates have the day first, others the month: those of the other order are refused."))
    elif dates.either and not dates.day_first and not dates.month_first:
        asked.append(text("Every date can be day/month or month/day; it is read as {order}.", order=plan.date_order))
    named = set(plan.mapping.values())
    keys = [title for title, field in plan.mapping.items() if field == KEY]
    if keys and not is_unique(reading, keys):
        asked.append(text("Column {column} is the same in several records; only the first is taken.", column=keys[0]))
    lacking = {
        KEY: text("Which column tells records apart?"),
        "decided_on": text("Which column says when it was decided?"),
        "title": text("Which column says what was decided?"),
        "place": text("Which column says where? Else name one place for all."),
        "role": text("Which column says which role decided? Else name one role for all."),
    }
    asked += [words for field, words in lacking.items() if field not in named and not getattr(plan, field, "")]
    if "amount" in named and "unit" not in named and not plan.unit:
        asked.append(text("What do amounts count that say no unit of their own?"))
    return asked
