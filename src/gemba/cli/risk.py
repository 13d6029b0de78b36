"""`gemba risk`: risks by the worse of two severities (FMEA)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.template import read_file
from gemba.cli.world import desk_at
from gemba.domain.follow_through import Risk
from gemba.errors import Refusal
from gemba.wording import text
from gemba.work import risks as work

commands = typer.Typer(no_args_is_help=True)
Rating = typer.Option(min=1, max=10, show_default=False)
Words = Annotated[str | None, typer.Option(show_default=False)]
Number = Annotated[int | None, Rating]
Day = Annotated[datetime | None, typer.Option("--review-by", formats=["%Y-%m-%d"], help="When it is looked at again.")]
RiskName = Annotated[str, typer.Argument(help="Uid of the risk, or its beginning.", show_default=False)]


@commands.command("list")
def list_(
    context: typer.Context,
    step: Annotated[str, typer.Option("--step", help="Only this process step.")] = "",
    retired: Annotated[bool, typer.Option("--retired", help="Also those that were retired.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List risks, the most urgent first; a customer severity 3 or more above the technical one is a finding."""
    with desk_at(context, store) as desk:
        lines = work.risks(desk, step=step, with_retired=retired)
    rows = [
        (
            line.risk.uid[:13],
            line.priority,
            line.risk.mode,
            line.risk.step,
            f"{line.severity} ({line.risk.technical}/{line.risk.customer})",
            line.risk.occurrence,
            line.risk.detection,
            text("customers feel it {gap} worse", gap=line.gap) if line.is_gap_finding else "",
            text("review is due") if line.overdue else line.risk.review_by,
        )
        for line in lines
    ]
    heads = [text("Uid"), text("Priority"), text("Mode"), text("Step"), "S", "O", "D", text("Gap"), text("Review by")]
    say(lines, table(rows, heads), as_json=as_json)


@commands.command("add")
def add(
    context: typer.Context,
    mode: Annotated[str, typer.Option("--mode", help="How it fails.", show_default=False)],
    effect: Annotated[str, typer.Option("--effect", help="What that means for the customer.", show_default=False)],
    technical: Annotated[int, typer.Option(min=1, max=10, help="Severity, technically.", show_default=False)],
    customer: Annotated[int, typer.Option(min=1, max=10, help="Severity for the customer.", show_default=False)],
    occurrence: Annotated[int, typer.Option(min=1, max=10, help="10: all the time.", show_default=False)],
    detection: Annotated[int, typer.Option(min=1, max=10, help="10: never noticed before.", show_default=False)],
    step: str = "",
    cause: str = "",
    control: str = "",
    owner: str = "",
    action: str = "",
    review_by: Day = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add a line."""
    draft = work.RiskDraft(
        mode, effect, technical, customer, occurrence, detection, step, cause, control, owner, action,
        review_by and review_by.date(),
    )  # fmt: skip
    with desk_at(context, store) as desk:
        uid = work.add(desk, draft).uid
        line = next(one for one in work.risks(desk) if one.risk.uid == uid)
    say(line, text("Priority {letter}", letter=line.priority) + f"\n{uid}", as_json=as_json)


@commands.command("change")
def change(
    context: typer.Context,
    risk: RiskName,
    mode: Words = None,
    effect: Words = None,
    technical: Number = None,
    customer: Number = None,
    occurrence: Number = None,
    detection: Number = None,
    step: Words = None,
    cause: Words = None,
    control: Words = None,
    owner: Words = None,
    action: Words = None,
    review_by: Day = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Change a line."""
    said = {
        "mode": mode, "effect": effect, "technical": technical, "customer": customer, "occurrence": occurrence,
        "detection": detection, "step": step, "cause": cause, "control": control, "owner": owner, "action": action,
        "review_by": review_by and review_by.date(),
    }  # fmt: skip
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Risk, risk)
        work.change(desk, about.uid, **{name: value for name, value in said.items() if value is not None})
        line = next(one for one in work.risks(desk) if one.risk.uid == about.uid)
    say(line, text("Priority {letter}", letter=line.priority), as_json=as_json)


@commands.command("retire")
def retire(context: typer.Context, risk: RiskName, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Take a line out of the list; it is kept."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Risk, risk)
        work.retire(desk, about.uid)
    say({"uid": about.uid}, text("Retired."), as_json=as_json)


@commands.command("table")
def table_(
    context: typer.Context,
    file: Annotated[Path | None, typer.Option("--set", help="JSON file with an own table of priorities.")] = None,
    shipped: Annotated[bool, typer.Option("--shipped", help="Go back to the shipped table.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show the table that priorities are read from, or set an own one."""
    with desk_at(context, store) as desk:
        if file is not None:
            try:
                rows = msgspec.json.decode(read_file(file), type=dict[str, dict[str, str]])
            except msgspec.DecodeError as error:
                raise Refusal("cli.not_a_table", file=str(file)) from error
            work.set_priorities(desk, rows, file.stem)
        elif shipped:
            work.set_priorities(desk, None)
        with desk.reader() as reader:
            now = work.priorities(reader)
    written = {
        _band(band): {_band(o): word for o, word in zip(now.occurrence, row, strict=True)}
        for band, row in zip(now.severity, now.rows, strict=True)
    }
    rows_ = [(severity, *row.values()) for severity, row in written.items()]
    heads = [text("Severity"), *(text("O {band}", band=_band(band)) for band in now.occurrence)]
    words = (
        f"{now.name}\n"
        + table(rows_, heads)
        + "\n"
        + text("Letters by detection: {bands}", bands=", ".join(_band(band) for band in now.detection))
    )
    say({"name": now.name, "rows": written}, words, as_json=as_json)


def _band(band: tuple[int, int]) -> str:
    return f"{band[0]}-{band[1]}"
