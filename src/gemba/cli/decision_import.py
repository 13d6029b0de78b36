"""`gemba decision inspect`, `import`: a decision log from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from gemba.cli.complaint_import import (
    Encoding,
    FileArgument,
    Header,
    Separator,
    Sheet,
    mapping_said,
    refused_words,
    step_of,
    wish_of,
)
from gemba.cli.map_naming import place_uid
from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.wording import plural, text
from gemba.work.decision_row import DecisionPlan, UnknownGoal
from gemba.work.decision_words import standing_words
from gemba.work.desk import Desk
from gemba.work.import_decisions import DecisionsCounted, dry_run, import_
from gemba.work.inspect_decisions import LogInspection, corrected, inspect
from gemba.work.intake_plan import UnknownPlace

Source = Annotated[str, typer.Option("--source", help="Name of the log; with the key it tells decisions apart.")]


def inspect_(
    context: typer.Context,
    file: FileArgument,
    source: Source = "",
    encoding: Encoding = "",
    separator: Separator = "",
    sheet: Sheet = "",
    header: Header = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Look at a file: how it would be read, and what its columns seem to stand for. Nothing is imported."""
    with desk_at(context, store) as desk:
        seen = inspect(desk, file, wish=wish_of(encoding, separator, sheet, header), source=source)
    rows = [(one.column, one.field, one.reason, " · ".join(one.samples)[:60]) for one in seen.columns]
    heads = [text(name) for name in ("Column", "Field", "Why", "For example")]
    reading = {**msgspec.structs.asdict(seen.reading), "samples": seen.reading.samples[:5]}
    facts = {**msgspec.structs.asdict(seen), "reading": reading}
    say(facts, "\n".join([*seen.remarks, table(rows, heads), *seen.questions]), as_json=as_json)


def import__(
    context: typer.Context,
    file: FileArgument,
    key: Annotated[str, typer.Option("--key", help="Column that tells records apart; guessed when left out.")] = "",
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", help="COLUMN=FIELD (no field: leave it out), or a JSON file; may be repeated."),
    ] = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Count what would be done; change nothing.")] = False,
    source: Source = "",
    refused: Annotated[Path | None, typer.Option("--refused", help="Write refused records here (CSV).")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Place of records that name none.")] = None,
    role: Annotated[str, typer.Option("--role", help="Role of records that name none.")] = "",
    unit: Annotated[str, typer.Option("--unit", help="What amounts count that say no unit.")] = "",
    unknown_places: Annotated[
        UnknownPlace | None, typer.Option("--unknown-places", help="What becomes of rows with such places.")
    ] = None,
    unknown_goals: Annotated[
        UnknownGoal | None, typer.Option("--unknown-goals", help="What becomes of rows with such commitments.")
    ] = None,
    dates: Annotated[str, typer.Option("--dates", help="Order of day and month: dmy or mdy.")] = "",
    encoding: Encoding = "",
    separator: Separator = "",
    sheet: Sheet = "",
    header: Header = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Import decisions; the same file again changes nothing, and what people have changed stays theirs."""
    with desk_at(context, store) as desk:
        seen = inspect(desk, file, wish=wish_of(encoding, separator, sheet, header), source=source)
        with desk.reader() as reader:
            at = place_uid(reader, place)
        choices: dict[str, Any] = {"date_order": dates, "place": at, "role": role, "unit": unit}
        choices |= {"unknown_places": unknown_places, "unknown_goals": unknown_goals}
        plan = msgspec.structs.replace(seen.plan, **{name: value for name, value in choices.items() if value})
        plan = corrected(plan, seen.reading, mapping_said(mapping or [], key))
        with Progress(silent=as_json) as progress:
            counted, intake = _run(desk, file, seen, plan, progress, refused, dry=dry)
    facts = {"dry_run": dry, "intake": intake, "plan": plan, **msgspec.structs.asdict(counted)}
    words = "\n".join([*_words(counted, dry=dry), text("Source: {source}", source=plan.source)])
    say(facts, words, as_json=as_json)


def register(commands: typer.Typer) -> None:
    """Add the commands to those of decisions."""
    commands.command("inspect")(inspect_)
    commands.command("import")(import__)


def _run(
    desk: Desk,
    file: Path,
    seen: LogInspection,
    plan: DecisionPlan,
    progress: Progress,
    refused: Path | None,
    *,
    dry: bool,
) -> tuple[DecisionsCounted, str]:
    step = step_of(progress)
    if dry:
        return dry_run(desk, file, seen.reading, plan, step=step, refused=refused), ""
    done = import_(desk, file, seen.reading, plan, step=step, refused=refused)
    return done.counted, done.intake


def _words(counted: DecisionsCounted, *, dry: bool) -> list[str]:
    numbers = {name: f"{getattr(counted, name):,}" for name in ("added", "changed", "unchanged", "refused")}
    if dry:
        lines = [text("Would add {added} and change {changed}; {unchanged} as they are, {refused} refused.", **numbers)]
    else:
        lines = [text("Added {added} and changed {changed}; {unchanged} as they were, {refused} refused.", **numbers)]
    if counted.standings:
        most = sorted(counted.standings.items(), key=lambda one: -one[1])
        lines.append(" · ".join(f"{standing_words(standing)} {count:,}" for standing, count in most))
    if counted.undated:
        lines.append(
            plural(
                "{n} record says no day: no sample can hold it.",
                "{n} records say no day: no sample can hold them.",
                counted.undated,
            )
        )
    if counted.conflicts:
        lines.append(
            plural(
                "{n} decision contradicts a commitment: an escalation is open for it.",
                "{n} decisions contradict a commitment: an escalation is open for each.",
                counted.conflicts,
            )
        )
    if counted.kept:
        lines.append(
            plural(
                "Of {n} record a person's word stands against the file's; it stays.",
                "Of {n} records a person's word stands against the file's; it stays.",
                counted.kept,
            )
        )
    lines += refused_words(counted)
    if roles := counted.unknown.get("role"):
        told = ", ".join(f"{role} ({count:,})" for role, count in list(roles.items())[:10])
        lines.append(text("Roles that nobody here has: {roles}", roles=told))
    return lines
