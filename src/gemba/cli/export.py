"""`gemba assess export`: answers as tables or submissions."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.naming import named, template_named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.export_answers import ExportChoice, Exported, export_answers, made_with
from gemba.work.export_limits import told


class Format(StrEnum):
    """What is written."""

    CSV = "csv"
    XLSX = "xlsx"
    OPENROSA = "openrosa"


class Choices(StrEnum):
    """How a question with several choices is written."""

    SPLIT = "split"
    JOINED = "joined"


class Headings(StrEnum):
    """What a question is called in the header."""

    PATHS = "paths"
    SHORT = "short"


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="The workbook, or a folder for csv and openrosa.")],
    assessments: Annotated[
        list[str] | None, typer.Argument(help="Uids or numbers; or name a template.", show_default=False)
    ] = None,
    template: Annotated[
        str | None, typer.Option("--template", help="All assessments made with any version of it.", show_default=False)
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="What is written.")] = Format.XLSX,
    labels: Annotated[bool, typer.Option("--labels/--names", help="Choices and headings in words, or names.")] = False,
    choices: Annotated[Choices, typer.Option(help="A column for each of several choices, or one.")] = Choices.JOINED,
    headings: Annotated[Headings, typer.Option(help="With the groups around a question, or short.")] = Headings.PATHS,
    scores: Annotated[bool, typer.Option("--scores/--no-scores", help="Points of each scored question.")] = True,
    language: Annotated[str, typer.Option(help="Language of labels, as the form calls it.")] = "",
    media: Annotated[bool, typer.Option("--media", help="Copies of photos and files go along.")] = False,
    bom: Annotated[bool, typer.Option("--bom/--no-bom", help="A CSV file begins with a byte order mark.")] = True,
    guard: Annotated[bool, typer.Option("--guard", help="An apostrophe before what looks like a formula.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the answers of assessments to a workbook, CSV files, or OpenRosa submissions."""
    choice = ExportChoice(
        format=format_.value,
        labels=labels,
        split=choices is Choices.SPLIT,
        groups=headings is Headings.PATHS,
        scores=scores,
        language=language,
        media=media,
        mark=bom,
        guard=guard,
    )
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            uids = _meant(reader, assessments or [], template)
        done = export_answers(desk, uids, out, choice, _shown if sys.stderr.isatty() else None)
    say(done, _told(done), as_json=as_json)


def _meant(reader: Reader, names: list[str], template: str | None) -> list[Uid]:
    if not names and template is None:
        raise Refusal("cli.nothing_named")
    found = [named(reader, Assessment, name).uid for name in names]
    if template is not None:
        found += made_with(reader, template_named(reader, template).form_id)
    return found


def _shown(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done}/{total}" + ("\n" if done == total else ""))


def _told(done: Exported) -> str:
    words = [
        plural("Exported {n} assessment:", "Exported {n} assessments:", done.assessments),
        *[f"  {file}" for file in done.files[:20]],
    ]
    if len(done.files) > 20:
        words.append("  " + plural("and {n} more", "and {n} more", len(done.files) - 20))
    if done.media:
        words.append(plural("With {n} photo or file.", "With {n} photos and files.", done.media))
    left = told(done.left_out)
    return "\n".join((*words, *done.remarks, "", table(left, [text("Not in it"), text("Why")])))
