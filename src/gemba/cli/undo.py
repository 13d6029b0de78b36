"""`gemba undo UID|NUMBER`: take back the last step on a record that was made on this laptop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec
import typer

from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.wording import text
from gemba.work.field_words import field_title
from gemba.work.records_named import record_named
from gemba.work.take_back import PartBack, TakenBack, take_back
from gemba.work.take_back_words import PlanTold, told


def undo(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Uid or number of any record.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go back.")] = False,
    whole: Annotated[
        bool, typer.Option("--all", help="Of all records of which the same was said in one go, not of this one alone.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take back the last step on a record, until it is concluded; nothing leaves its history."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            _, uid = record_named(reader, record)
        if dry_run:
            plan = told(desk, uid, whole=whole)
            say(msgspec.to_builtins(plan), "\n".join(_plan_lines(plan)), as_json=as_json)
            return
        found = take_back(desk, uid, whole=whole)
    first = PartBack(found.noun, found.uid, found.title, found.fields, found.withdrawn)
    parts = (first, *found.others)
    say(_facts(found), "\n".join(map(_line, parts)), as_json=as_json)


def _plan_lines(plan: PlanTold) -> Iterable[str]:
    yield plan.headline
    for part in plan.parts:
        yield f"{part.noun_title}: {part.title}"
        yield from (f"  {line}" for line in part.lines)


def _facts(found: TakenBack) -> dict[str, object]:
    own = {"noun": found.noun, "uid": found.uid, "fields": found.fields, "withdrawn": found.withdrawn}
    return {**own, "others": [msgspec.to_builtins(one) for one in found.others]}


def _line(part: PartBack) -> str:
    if part.withdrawn:
        return text("{title} is off the record.", title=part.title)
    fields = ", ".join(field_title(part.noun, name) for name in part.fields)
    return text("{title}: taken back ({fields}).", title=part.title, fields=fields)
