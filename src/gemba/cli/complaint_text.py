"""`gemba complaint themes|near|language|redact`: what the words of complaints tell, read on this machine."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gemba.cli import complaint_options as options
from gemba.cli import complaint_suggest, complaint_which
from gemba.cli.naming import named
from gemba.cli.progress import Progress
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.complaints import Complaint
from gemba.methods.text import near as likeness_method
from gemba.reports.chart_numbers import percent
from gemba.wording import plural, text
from gemba.work import read_words, redact_words
from gemba.work.complaint_words import redaction_words
from gemba.work.read_words import Themes


def register(commands: typer.Typer) -> None:
    """Add the commands to `gemba complaint`."""
    for name, command in (("themes", themes), ("near", near), ("language", language), ("redact", redact)):
        commands.command(name)(command)
    complaint_suggest.register(commands)


def themes(
    context: typer.Context,
    where: complaint_which.Where = None,
    place: complaint_which.Place = None,
    begins: complaint_which.From = None,
    ends: complaint_which.To = None,
    against: Annotated[
        list[str] | None, typer.Option("--against", help="Others to compare with, as --where; else all others.")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, max=200, help="At most so many themes.")] = 20,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """What complaints of a set speak of more than others do, with how many complaints are behind each."""
    with desk_at(context, store) as desk, Progress(silent=as_json) as progress:
        progress.stage(text("Reading words …"))
        meant = complaint_which.which(desk, where, place, begins, ends)
        compared = complaint_which.which(desk, against, None, None, None)
        found = read_words.themes_of(desk, meant, compared, most)
    say(found, _themes_words(found), as_json=as_json)


def near(
    context: typer.Context,
    where: complaint_which.Where = None,
    place: complaint_which.Place = None,
    begins: complaint_which.From = None,
    ends: complaint_which.To = None,
    likeness: Annotated[
        float, typer.Option("--likeness", min=0.5, max=1.0, help="How alike, 0.5 to 1; 1 is the same words.")
    ] = likeness_method.LIKENESS,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many pairs.")] = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Complaints that say nearly the same and are not linked; `gemba complaint merge` links them."""
    with desk_at(context, store) as desk, Progress(silent=as_json) as progress:
        progress.stage(text("Comparing words …"))
        meant = complaint_which.which(desk, where, place, begins, ends)
        found = read_words.alike(desk, meant, likeness)[:limit]
    rows = [(percent(one.likeness), one.first_number, one.second_number) for one in found]
    words = table(rows, [text(head) for head in ("Alike", "Complaint", "Says nearly the same")])
    say(found, words if found else text("No two of them say nearly the same."), as_json=as_json)


def language(
    context: typer.Context,
    uid: Annotated[str | None, typer.Argument(help="Uid or number; else all of a set.", show_default=False)] = None,
    where: complaint_which.Where = None,
    place: complaint_which.Place = None,
    begins: complaint_which.From = None,
    ends: complaint_which.To = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Tell the language of words where nobody has, and keep it."""
    with desk_at(context, store) as desk, Progress(silent=as_json) as progress:
        if uid is not None:
            with desk.reader() as reader:
                about = named(reader, Complaint, uid)
            code = read_words.tell_language(desk, about.uid)
            told = {"number": about.number, "language": code}
            say(told, f"{about.number}: {code or text('not known')}", as_json=as_json)
            return
        meant = complaint_which.which(desk, where, place, begins, ends)
        counts = read_words.tell_languages(
            desk, meant, lambda done, total: progress.stage(text("{at} of {count}", at=done, count=total))
        )
    rows = [(code or text("not known"), count) for code, count in counts.items()]
    say(counts, table(rows, [text("Language"), text("Complaints")]), as_json=as_json)


def redact(
    context: typer.Context,
    uid: options.Uid,
    check: Annotated[bool, typer.Option("--check", help="Keep it as checked by you.")] = False,
    propose: Annotated[bool, typer.Option("--propose", help="Keep it as proposed, not looked at.")] = False,
    leave: Annotated[
        list[str] | None, typer.Option("--leave", help="Words that tell of nobody and stay in; with --check.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Show a complaint's words without what tells of a person; keep them so with --check or --propose."""
    if check and propose:
        raise typer.BadParameter(text("say either --check or --propose"))
    with desk_at(context, store) as desk:
        with desk.reader() as reader:
            about = named(reader, Complaint, uid)
            found = redact_words.proposal(reader, about.uid)
        off = [span for span in found.spans if found.words[span.start : span.end] in (leave or [])]
        if check:
            redact_words.check(desk, about.uid, redact_words.in_force(found.spans, off))
        elif propose:
            redact_words.propose(desk, about.uid)
        with desk.reader() as reader:
            now = named(reader, Complaint, about.uid)
    kept = now.redacted_words if check or propose else found.redacted
    facts: dict[str, Any] = {"number": now.number, "redacted_words": kept, "redaction": now.redaction}
    facts["found"] = [{"sort": span.sort, "start": span.start, "end": span.end} for span in found.spans]
    say(facts, f"{kept}\n({redaction_words(now.redaction)})", as_json=as_json)


def _themes_words(found: Themes) -> str:
    rows = [
        (
            one.phrase,
            len(one.complaints),
            percent(one.share, 1),
            "" if one.elsewhere is None else percent(one.elsewhere, 1),
            "" if one.q is None else f"{one.q:.3f}",
        )
        for one in found.themes
    ]
    heads = [text(head) for head in ("Theme", "Complaints", "Share", "Elsewhere", "False share")]
    read = plural("{n} complaint was read", "{n} complaints were read", found.read)
    against = text("compared with {n:other|others}", n=found.compared)
    words = table(rows, heads) if rows else text("Nothing stands out.")
    of = text("{read} (of {of}), {against}.", read=read, of=found.of, against=against)
    return f"{words}\n{of}"
