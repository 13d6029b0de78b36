"""`gemba assess repeat`: add, copy, move and remove repeats of an assessment, and undo a removal."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.domain.record import Uid
from gemba.forms.filling import Fill
from gemba.wording import text
from gemba.work import rearrange
from gemba.work.conduct import Sheet, open_sheet
from gemba.work.desk import Desk
from gemba.work.rearrange import Values

commands = typer.Typer(help="Repeats of an assessment: add, copy, move, remove.", no_args_is_help=True)

UidArgument = Annotated[str, typer.Argument(help="Uid or number of the assessment.", show_default=False)]
RepeatArgument = Annotated[str, typer.Argument(help="Name or path of the repeat.", show_default=False)]
NumberArgument = Annotated[int, typer.Argument(help="Which one, from 1.", min=1, show_default=False)]


@commands.command("add")
def add(
    context: typer.Context,
    uid: UidArgument,
    repeat: RepeatArgument,
    at: Annotated[int | None, typer.Option(help="The number of the new one; last when left out.", min=1)] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add one more of a repeat."""
    with desk_at(context, store) as desk:
        sheet = _sheet(desk, uid)
        path = repeat_path(sheet.fill, repeat)
        sheet.fill.add_repeat(path, at)
        number = at or sheet.fill.repeats(path)
        rearrange.add(desk, sheet.assessment.uid, path, number, values_in(sheet.fill, f"{path}[{number}]"))
        _say(desk, sheet.assessment.uid, path, text("Added number {number}.", number=number), number, as_json=as_json)


@commands.command("copy")
def copy(
    context: typer.Context,
    uid: UidArgument,
    repeat: RepeatArgument,
    number: NumberArgument,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Copy one of a repeat with its answers; photos stay with the first."""
    with desk_at(context, store) as desk:
        sheet = _sheet(desk, uid)
        path = repeat_path(sheet.fill, repeat)
        sheet.fill.copy_repeat(path, number)
        new = number + 1
        rearrange.add(desk, sheet.assessment.uid, path, new, values_in(sheet.fill, f"{path}[{new}]"))
        _say(desk, sheet.assessment.uid, path, text("Copied to number {number}.", number=new), new, as_json=as_json)


@commands.command("move")
def move(
    context: typer.Context,
    uid: UidArgument,
    repeat: RepeatArgument,
    number: NumberArgument,
    to: Annotated[int, typer.Argument(help="The number that it gets.", min=1, show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Move one of a repeat, with its answers, notes, photos and findings."""
    with desk_at(context, store) as desk:
        sheet = _sheet(desk, uid)
        path = repeat_path(sheet.fill, repeat)
        sheet.fill.move_repeat(path, number, to)
        rearrange.move(desk, sheet.assessment.uid, path, number, to)
        _say(desk, sheet.assessment.uid, path, text("Moved to number {number}.", number=to), to, as_json=as_json)


@commands.command("remove")
def remove(
    context: typer.Context,
    uid: UidArgument,
    repeat: RepeatArgument,
    number: NumberArgument,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Remove one of a repeat with all that stands in it; `undo` brings it back."""
    with desk_at(context, store) as desk:
        sheet = _sheet(desk, uid)
        path = repeat_path(sheet.fill, repeat)
        sheet.fill.remove_repeat(path, number)
        rearrange.take_out(desk, sheet.assessment.uid, path, number)
        words = text("Removed number {number}; gemba assess repeat undo brings it back.", number=number)
        _say(desk, sheet.assessment.uid, path, words, number, as_json=as_json)


@commands.command("undo")
def undo(context: typer.Context, uid: UidArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Bring back what was removed last."""
    with desk_at(context, store) as desk:
        sheet = _sheet(desk, uid)
        last = rearrange.last_taken_out(desk, sheet.assessment.uid)
        rearrange.bring_back(desk, sheet.assessment.uid)
        assert last is not None  # bring_back refuses when there is none
        words = text("Brought back number {number}.", number=last.number)
        _say(desk, sheet.assessment.uid, last.repeat, words, last.number, as_json=as_json)


def repeat_path(fill: Fill, name: str) -> str:
    """The path, without its own number, of the repeat that a person names.

    Raises:
        Refusal: there is no such repeat.
    """
    found = name if name.startswith("/") else fill.resolve(name)
    repeat = found.rpartition("[")[0] if found.endswith("]") else found
    fill.repeats(repeat)
    return repeat


def values_in(fill: Fill, start: str) -> Values:
    """What stands in one of a repeat now, but for what the form reckons."""
    return {
        path: (value, origin)
        for path, (value, origin) in fill.answers().items()
        if path.startswith(start + "/") and origin != "calculated"
    }


def _sheet(desk: Desk, uid: str) -> Sheet:
    with desk.reader() as reader:
        return open_sheet(desk, named(reader, Assessment, uid).uid)


def _say(desk: Desk, uid: Uid, repeat: str, words: str, number: int, *, as_json: bool) -> None:
    count = open_sheet(desk, uid).fill.repeats(repeat)
    say({"uid": uid, "repeat": repeat, "number": number, "count": count}, words, as_json=as_json)
