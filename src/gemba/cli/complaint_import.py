"""`gemba complaint inspect`, `import`: complaints from a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.errors import Refusal, Trouble
from gemba.wording import plural, text
from gemba.work.desk import Desk
from gemba.work.import_complaints import Counted, Step, dry_run, import_
from gemba.work.inspect_complaints import Inspection, corrected, inspect
from gemba.work.intake_fields import PLACE
from gemba.work.intake_plan import Plan, UnknownCode, UnknownPlace
from gemba.work.intake_reading import Wish
from gemba.work.whole_files import read_whole

_SHOWN, _LINES = 20, 5
_REASONS = {PLACE: "unknown_place", "goal": "unknown_goal", "exception": "unknown_exception", "role": ""}
_WAYS_OUT = {PLACE: "--unknown-places", "goal": "--unknown-goals", "exception": "gemba register add exception_standard"}
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}

FileArgument = Annotated[Path, typer.Argument(help="CSV file or workbook (.xlsx).", show_default=False)]
Encoding = Annotated[str, typer.Option("--encoding", help="If it is not told right: utf-8, cp1252 ...")]
Separator = Annotated[str, typer.Option("--separator", help="comma, semicolon, tab, pipe or a character.")]
Sheet = Annotated[str, typer.Option("--sheet", help="Sheet of a workbook.")]
Header = Annotated[int | None, typer.Option("--header", min=0, help="Line of the titles; 0 when there are none.")]
Source = Annotated[str, typer.Option("--source", help="Name of the system or post that the file comes from.")]


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
    say(_facts(seen), "\n".join([*seen.remarks, table(rows, heads), *seen.questions]), as_json=as_json)


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
    unknown_places: Annotated[
        UnknownPlace | None, typer.Option("--unknown-places", help="What becomes of rows with such places.")
    ] = None,
    unknown_codes: Annotated[
        UnknownCode | None, typer.Option("--unknown-codes", help="What becomes of rows with such codes.")
    ] = None,
    dates: Annotated[str, typer.Option("--dates", help="Order of day and month: dmy or mdy.")] = "",
    zone: Annotated[str, typer.Option("--zone", help="IANA time zone of moments that say none.")] = "",
    rest: Annotated[
        bool, typer.Option("--rest", help="Keep columns that stand for nothing beside the record.")
    ] = False,
    encoding: Encoding = "",
    separator: Separator = "",
    sheet: Sheet = "",
    header: Header = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Import complaints; the same file again changes nothing, and what people have changed stays theirs."""
    with desk_at(context, store) as desk:
        seen = inspect(desk, file, wish=wish_of(encoding, separator, sheet, header), source=source)
        choices: dict[str, Any] = {"date_order": dates, "zone": zone, "rest": rest}
        choices |= {"unknown_places": unknown_places, "unknown_codes": unknown_codes}
        plan = msgspec.structs.replace(seen.plan, **{name: value for name, value in choices.items() if value})
        plan = corrected(plan, seen.reading, mapping_said(mapping or [], key))
        with Progress(silent=as_json) as progress:
            counted, intake = _run(desk, file, seen, plan, step_of(progress), refused, dry=dry)
    left_out = [] if plan.rest else [title for title in seen.reading.columns if title not in plan.mapping]
    facts = {"dry_run": dry, "intake": intake, "plan": plan, "left_out": left_out, **msgspec.structs.asdict(counted)}
    words = "\n".join([_words(counted, dry=dry), *_left_out(left_out), text("Source: {source}", source=plan.source)])
    say(facts, words, as_json=as_json)


def register(commands: typer.Typer) -> None:
    """Add the commands to those of complaints."""
    commands.command("inspect")(inspect_)
    commands.command("import")(import__)


def _run(
    desk: Desk, file: Path, seen: Inspection, plan: Plan, step: Step, refused: Path | None, *, dry: bool
) -> tuple[Counted, str]:
    if dry:
        return dry_run(desk, file, seen.reading, plan, step=step, refused=refused), ""
    done = import_(desk, file, seen.reading, plan, step=step, refused=refused)
    return done.counted, done.intake


def step_of(progress: Progress) -> Step:
    """What an import tells how far it is, as words of a command."""
    last = -1

    def step(done: int, total: int, words: str) -> None:
        nonlocal last
        share = 100 * done // max(1, total)
        if share // 5 != last // 5 or done == total:
            last = share
            progress.stage(f"{words} {done:,} / {total:,}")

    return step


def wish_of(encoding: str, separator: str, sheet: str, header: int | None) -> Wish:
    """What the options say of how a file is read."""
    return Wish(encoding=encoding, separator=_SEPARATORS.get(separator, separator), sheet=sheet, header=header)


def mapping_said(mapping: list[str], key: str) -> dict[str, str]:
    """What was said of columns, field by column."""
    said: dict[str, str] = {}
    for one in mapping:
        column, equals, field = one.rpartition("=")
        if equals and not Path(one).is_file():
            said[column] = field
        else:
            said |= _from_file(Path(one))
    return said | ({key: "key"} if key else {})


def _from_file(file: Path) -> dict[str, str]:
    try:
        read = msgspec.json.decode(read_whole(file))
        return msgspec.convert(read.get("mapping", read), dict[str, str])
    except OSError as error:
        raise Trouble("work.unreadable", file=str(file), why=error.strerror or str(error)) from error
    except (msgspec.MsgspecError, AttributeError) as error:
        raise Refusal("cli.bad_mapping", file=str(file)) from error


def _facts(seen: Inspection) -> dict[str, Any]:
    reading = msgspec.structs.asdict(seen.reading)
    reading["samples"] = seen.reading.samples[:5]
    return {**msgspec.structs.asdict(seen), "reading": reading}


def refused_words(counted: Counted) -> list[str]:
    """Why records were refused: each reason once, with the first lines that have it."""
    alike: dict[str, list[str]] = {}
    for one in counted.first_refused:
        alike.setdefault(one.words, []).append(f"{one.line:,}")
    said = [
        text("Line {line}: {why}", line=at[0], why=why)
        if len(at) == 1
        else text("Lines {lines}: {why}", lines=" ".join(at[:_LINES]) + (" …" if len(at) > _LINES else ""), why=why)
        for why, at in list(alike.items())[:_SHOWN]
    ]
    for field, values in counted.unknown.items():
        if _REASONS.get(field, "unknown_code") not in counted.reasons:
            continue
        most = sorted(values.items(), key=lambda one: -one[1])[:_SHOWN]
        told = ", ".join(f"{value} ({count:,})" for value, count in most)
        way_out = _WAYS_OUT.get(field, "--unknown-codes")
        said.append(text("Not known for {field}: {told} (see {way_out})", field=field, told=told, way_out=way_out))
    if counted.refused and not counted.refused_file:
        said.append(text("All refused records go into a file with --refused FILE."))
    return said


def _left_out(titles: list[str]) -> list[str]:
    """That columns were not read: nothing goes without a word."""
    if not titles:
        return []
    way_out = text("say what they stand for with --map COLUMN=FIELD, or keep them beside the records with --rest.")
    named = ", ".join(titles[:_LINES]) + (" …" if len(titles) > _LINES else "")
    return [text("Columns left out: {columns}; {way_out}", columns=named, way_out=way_out)]


def _words(counted: Counted, *, dry: bool) -> str:
    numbers = {name: f"{getattr(counted, name):,}" for name in ("added", "changed", "unchanged", "refused")}
    if dry:
        lines = [text("Would add {added} and change {changed}; {unchanged} as they are, {refused} refused.", **numbers)]
    else:
        lines = [text("Added {added} and changed {changed}; {unchanged} as they were, {refused} refused.", **numbers)]
    if counted.kept:
        lines.append(
            plural(
                "Of {n} record a person's word stands against the file's; it stays.",
                "Of {n} records a person's word stands against the file's; it stays.",
                counted.kept,
            )
        )
    lines += refused_words(counted)
    if counted.refused_file:
        sys.stderr.write(text("Refused records for repair: {file}", file=counted.refused_file) + "\n")
    return "\n".join(lines)
