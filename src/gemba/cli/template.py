"""`gemba template`: check, import, list and export checklists."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.naming import template_named
from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.errors import Refusal, Trouble
from gemba.folders import own_cache
from gemba.forms.looked_before import remembering
from gemba.store.lists import TEMPLATES, Query
from gemba.wording import plural, text
from gemba.work.export_template import OdkFile, export_for_odk, export_original, export_rewritten
from gemba.work.import_template import Fault, Looked, TemplateFacts, import_template, look
from gemba.work.whole_files import read_whole

commands = typer.Typer(no_args_is_help=True)

FileArgument = Annotated[Path, typer.Argument(help="An XLSForm workbook (.xlsx, .xls, .csv).", show_default=False)]

WithOption = Annotated[
    list[Path] | None,
    typer.Option("--with", help="A list that the form takes choices from (.csv, .xml, .geojson).", show_default=False),
]


@commands.command("check")
def check(file: FileArgument, with_: WithOption = None, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Read a workbook and say what it holds, which repairs it needs and every fault, without keeping it."""
    del store  # every command takes it; this one needs none
    looked = _look(read_file(file), file.name, _lists(with_), as_json=as_json)
    facts = looked.facts
    if facts is None:
        found = looked.inspection
        answer = {"faults": looked.faults, "repairs": found.repairs, "warnings": found.warnings}
        say(answer, _fault_table(looked.faults) if len(looked.faults) > 1 else "", as_json=as_json)
        raise found.refusal(file.name) or Refusal("forms.no_questions", file=file.name)
    words = text(
        "{title} (id {form_id}, version {version}): {questions:question|questions}, kind {kind}. It can be imported.",
        title=facts.title,
        form_id=facts.form_id,
        version=facts.version or "–",
        questions=facts.questions,
        kind=facts.kind,
    )
    say(facts, "\n".join([words, *_notes(facts)]), as_json=as_json)


def _notes(facts: TemplateFacts) -> list[str]:
    """The repairs, the files that are missing and what else is worth knowing."""
    notes = list(facts.warnings)
    notes += [text("The file {file} is missing: give it with --with.", file=name) for name in facts.missing]
    if facts.repairs:
        notes.append(
            plural(
                "{n} repair is needed; import it with --accept-repairs when you agree:",
                "{n} repairs are needed; import it with --accept-repairs when you agree:",
                len(facts.repairs),
            )
        )
        heads = [text("Sheet"), text("Row"), text("Column"), text("Before"), text("After"), text("What")]
        rows = [(each.sheet, each.row or "", each.column, each.before, each.after, each.what) for each in facts.repairs]
        notes.append(table(rows, heads))
    return notes


def _fault_table(faults: tuple[Fault, ...]) -> str:
    rows = [(each.sheet, each.row or "", each.column, each.what) for each in faults]
    return table(rows, [text("Sheet"), text("Row"), text("Column"), text("What")])


def _lists(files: list[Path] | None) -> dict[str, bytes]:
    return {file.name: read_file(file) for file in files or []}


def _look(source: bytes, name: str, files: dict[str, bytes], *, as_json: bool) -> Looked:
    """Look a workbook through, once only for each workbook, saying how far that is when it takes long."""
    with Progress(silent=as_json) as progress:
        return look(source, name, files, inspecting=remembering(own_cache() / "forms"), stage=progress.stage)


@commands.command("import")
def import_(
    context: typer.Context,
    file: FileArgument,
    kind: Annotated[str | None, typer.Option(help="Kind of assessment, when the workbook does not say.")] = None,
    accept_repairs: Annotated[
        bool, typer.Option("--accept-repairs", help="Agree to the repairs that gemba template check lists.")
    ] = False,
    with_: WithOption = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Take a workbook into the library; the same bytes twice are one template."""
    source, lists = read_file(file), _lists(with_)
    # Before the store is opened: nobody waits for it meanwhile, and Ctrl-C finds nothing half done.
    _look(source, file.name, lists, as_json=as_json)
    with desk_at(context, store) as desk:
        change = import_template(desk, source, file.name, kind, accept_repairs=accept_repairs, files=lists)
        with desk.reader() as reader:
            template = template_named(reader, change.uid)
    new = bool(change.uids)
    words = text("Imported {title}.", title=template.title) if new else text("{title} was there.", title=template.title)
    say({"template": template, "new": new}, words, as_json=as_json)


@commands.command("list")
def list_(context: typer.Context, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List the library."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        lines = TEMPLATES.first(reader, Query(), limit=1000)
    rows = [(line.form_id, line.version, line.title, line.kind, line.questions, line.used) for line in lines]
    heads = [text("Id"), text("Version"), text("Title"), text("Kind"), text("Questions"), text("Used")]
    say(lines, table(rows, heads), as_json=as_json)


@commands.command("export")
def export(
    context: typer.Context,
    template: Annotated[str, typer.Argument(help="Uid, id or title.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="Where the workbook goes.", show_default=False)],
    for_odk: Annotated[bool, typer.Option("--for-odk", help="A workbook that other tools convert strictly.")] = False,
    with_scores: Annotated[
        bool, typer.Option("--with-scores", help="For ODK: with calculations that equal the score.")
    ] = False,
    rewrite: Annotated[
        bool, typer.Option("--rewrite", help="Written anew, with the repairs that were agreed to.")
    ] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write a template's original workbook, byte for byte, or one for ODK."""
    if with_scores and not for_odk:
        raise Refusal("cli.scores_for_odk")
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            found = template_named(reader, template)
        if for_odk:
            _say_odk(export_for_odk(desk, found.uid, out, with_scores=with_scores), as_json=as_json)
            return
        target = (export_rewritten if rewrite else export_original)(desk, found.uid, out)
    say({"file": target, "sha256": found.source}, text("Wrote {file}.", file=target), as_json=as_json)


def _say_odk(made: OdkFile, *, as_json: bool) -> None:
    words = text("Wrote {file}.", file=made.file)
    if made.scored:
        words += " " + plural(
            "{n} question is scored in it by calculations.",
            "{n} questions are scored in it by calculations.",
            made.scored,
        )
    say(made, words, as_json=as_json)


def read_file(file: Path) -> bytes:
    """The bytes of a file that a person named.

    Raises:
        Refusal: it is a device, or too large.
        Trouble: it is not there or cannot be read.
    """
    try:
        return read_whole(file)
    except OSError as error:
        raise Trouble("cli.unreadable", file=str(file), why=error.strerror or str(error)) from error
