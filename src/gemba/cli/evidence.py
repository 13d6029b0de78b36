"""`gemba evidence`: list, mark, redact, name, remove and give out photos and files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.assess import resolved
from gemba.cli.mark_words import marks_in_file, redactions, spoken_marks
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.assessments import Assessment
from gemba.domain.evidence import Evidence, Mark
from gemba.errors import Refusal
from gemba.store.barcodes import codes_in
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work import attach_evidence, conduct, mark_evidence
from gemba.work.conduct import open_sheet
from gemba.work.desk import Desk
from gemba.work.give_out_evidence import Copy, give_out

commands = typer.Typer(no_args_is_help=True)

UidArgument = Annotated[str, typer.Argument(help="Uid of the photo or file, or its beginning.", show_default=False)]
_SHORTEST = 4


@commands.command("list")
def list_(
    context: typer.Context,
    assessment: Annotated[str, typer.Argument(help="Uid or number of the assessment.", show_default=False)],
    question: Annotated[str, typer.Option("--question", help="Only of this question (its path or name).")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List the photos and files of an assessment."""
    with desk_at(context, store) as desk, desk.reader() as reader:
        of = named(reader, Assessment, assessment)
        found = [item for item in reader.find(Evidence, assessment=of.uid) if not item.removed]
    found = [item for item in found if not question or question in {item.path, item.path.rpartition("/")[2]}]
    rows = [
        (item.uid, item.name, item.path.rpartition("/")[2], item.media_type, item.size, len(item.marks), item.taken_at)
        for item in found
    ]
    heads = [text(name) for name in ("Uid", "Name", "Question", "Type", "Bytes", "Marks", "Taken")]
    say(found, table(rows, heads), as_json=as_json)


@commands.command("add")
def add(
    context: typer.Context,
    assessment: Annotated[str, typer.Argument(help="Uid or number of the assessment.", show_default=False)],
    files: Annotated[list[Path], typer.Argument(help="Photos or files.", show_default=False)],
    question: Annotated[str, typer.Option("--question", help="Name or path of the question; else the whole.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Add photos or files to a question, or to the assessment as a whole."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            of = named(reader, Assessment, assessment)
        sheet = open_sheet(desk, of.uid)
        path = resolved(sheet, question) if question else ""
        uids = [attach_evidence.attach(desk, of.uid, file, file.name, path=path).uid for file in files]
        if path and sheet.fill.view(path).kind in attach_evidence.ANSWERED_BY_FILES:
            conduct.answer(desk, of.uid, path, files[-1].name)  # as in the window: the photo is the answer
        with desk.reader() as reader:
            kept = [evidence_named(reader, uid) for uid in uids]
    words = [text("Added {name}.", name=item.name) for item in kept]
    words += filter(None, map(attach_evidence.remark_on, kept))
    say(kept, "\n".join(words), as_json=as_json)


@commands.command("mark")
def mark(
    context: typer.Context,
    uid: UidArgument,
    arrow: Annotated[list[str] | None, typer.Option(help="X,Y,X,Y: from here to there, shares of the picture.")] = None,
    box: Annotated[list[str] | None, typer.Option(help="X,Y,X,Y: two corners.")] = None,
    circle: Annotated[list[str] | None, typer.Option(help="X,Y,X,Y: two corners around it.")] = None,
    pen: Annotated[list[str] | None, typer.Option(help="X,Y,X,Y,...: a way.")] = None,
    words: Annotated[list[str] | None, typer.Option("--text", help="X,Y,words.")] = None,
    number: Annotated[list[str] | None, typer.Option(help="X,Y or X,Y,number.")] = None,
    colour: Annotated[str, typer.Option(help="mark, good, fair or poor.")] = "mark",
    file: Annotated[Path | None, typer.Option(help="JSON file with a list of marks.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Take away what was drawn before.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Draw over a photo; the original is kept. Redactions are marks, too: see `redact`."""
    spoken = {"arrow": arrow, "box": box, "circle": circle, "pen": pen, "text": words, "number": number}
    given = [*(marks_in_file(file) if file is not None else []), *spoken_marks(spoken, colour)]
    if not given and not clear:
        raise Refusal("cli.no_marks")
    _draw(context, store, uid, given, clear=clear, as_json=as_json)


@commands.command("redact")
def redact(
    context: typer.Context,
    uid: UidArgument,
    area: Annotated[list[str], typer.Argument(help="X,Y,X,Y: two corners, shares of the picture.", show_default=False)],
    pixelated: Annotated[bool, typer.Option("--pixelated", help="Coarse blocks in place of a solid one.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Hide parts of a photo in everything that is shown, printed or given out."""
    _draw(context, store, uid, redactions(area, pixelated=pixelated), clear=False, as_json=as_json)


@commands.command("export")
def export(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Uids of photos or files, or an assessment.", show_default=False)],
    to: Annotated[Path, typer.Option("--to", help="Folder; made when it is not there.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give copies out: marks burned in, without place and device unless the template asks for them."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            items = [item for name in names for item in _meant(reader, name)]
        copies, refused = _copies(desk, items, to)
    words = [str(copy.file) for copy in copies]
    words += [text("{file}: copied as it came", file=copy.file.name) for copy in copies if not copy.stripped]
    if copies or not refused:
        say(copies, "\n".join(words), as_json=as_json)
    if refused:
        raise refused[0]


@commands.command("rename")
def rename(
    context: typer.Context,
    uid: UidArgument,
    name: Annotated[str, typer.Argument(help="The new name; it is the caption in reports.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Give a photo or file another name."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            item = evidence_named(reader, uid)
        attach_evidence.rename(desk, item.uid, name)
        item = _again(desk, item)
    say(item, text("{name} is its name now.", name=item.name), as_json=as_json)


@commands.command("remove")
def remove(context: typer.Context, uid: UidArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Take a photo or file away; `restore` brings it back."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            item = evidence_named(reader, uid)
        attach_evidence.remove(desk, item.uid)
        item = _again(desk, item)
    say(item, text("{name} removed.", name=item.name), as_json=as_json)


@commands.command("restore")
def restore(context: typer.Context, uid: UidArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Bring a removed photo or file back."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            item = evidence_named(reader, uid)
        attach_evidence.restore(desk, item.uid)
        item = _again(desk, item)
    say(item, text("{name} is back.", name=item.name), as_json=as_json)


@commands.command("codes")
def codes(context: typer.Context, uid: UidArgument, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Read barcodes and QR codes from a photo."""
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            item = evidence_named(reader, uid)
        found = codes_in(desk.store.evidence.read(item.sha256))
    words = "\n".join(f"{code.text}  ({code.sort})" for code in found)
    say(found, words or text("There is no code that can be read on {name}.", name=item.name), as_json=as_json)


def evidence_named(reader: Reader, name: str) -> Evidence:
    """The one piece of evidence that a uid, or at least four letters of its beginning or end, means.

    Raises:
        Refusal: there is none, or several.
    """
    found = reader.get(Evidence, name)
    if found is not None:
        return found
    wanted = name.lower()
    ends = (lambda uid: uid.startswith(wanted) or uid.endswith(wanted)) if len(name) >= _SHORTEST else (lambda _: False)
    several = [item for item in reader.find(Evidence) if ends(item.uid)]
    if len(several) != 1:
        raise Refusal("cli.several" if several else "cli.unknown", noun="evidence", name=name)
    return several[0]


def _draw(
    context: typer.Context, store: Path | None, uid: str, marks: Sequence[Mark], *, clear: bool, as_json: bool
) -> None:
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            item = evidence_named(reader, uid)
        before = () if clear else item.marks
        mark_evidence.mark(desk, item.uid, (*before, *marks))
        item = _again(desk, item)
    words = plural("{n} mark on {name}.", "{n} marks on {name}.", len(item.marks), name=item.name)
    say(item, words, as_json=as_json)


def _again(desk: Desk, item: Evidence) -> Evidence:
    with desk.reader() as reader:
        return reader.get(Evidence, item.uid) or item


def _meant(reader: Reader, name: str) -> list[Evidence]:
    """The evidence of this name, or all of the assessment of this name."""
    try:
        return [evidence_named(reader, name)]
    except Refusal:
        of = named(reader, Assessment, name)
    return [item for item in reader.find(Evidence, assessment=of.uid) if not item.removed]


def _copies(desk: Desk, items: Sequence[Evidence], to: Path) -> tuple[list[Copy], list[Refusal]]:
    """Copies of all that can be given out, and why the others cannot."""
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal("cli.no_folder", folder=str(to), why=error.strerror or "") from error
    once = list({item.uid: item for item in items}.values())
    copies: list[Copy] = []
    refused: list[Refusal] = []
    for item in once:
        try:
            copies.append(give_out(desk, item.uid, to))
        except Refusal as refusal:
            refused.append(refusal)
    return copies, refused
