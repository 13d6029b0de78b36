"""`gemba audit`: open, show and list alignment audits, check, conclude and report them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from gemba.cli.audit_naming import audit_named, contrary_ones, word_said
from gemba.cli.audit_showing import check_words, words_of
from gemba.cli.listing import LimitOption, PlaceFilter, SearchOption, SortOption, StateFilter, query
from gemba.cli.naming import template_named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.world import desk_at
from gemba.domain.programmes import AuditState
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.audit_lists import AUDITS
from gemba.wording import text
from gemba.work.audit_shown import audit_shown
from gemba.work.conclude_audit import conclude_audit
from gemba.work.correct_audit import correct_audit
from gemba.work.desk import Desk
from gemba.work.issue_audit_report import audit_report
from gemba.work.open_audit import open_audit
from gemba.work.release_check import release_check

commands = typer.Typer(no_args_is_help=True)

AuditName = Annotated[str, typer.Argument(help="Number or uid of the audit.", show_default=False)]


def tell(desk: Desk, uid: Uid, *, as_json: bool) -> None:
    """Say how an audit stands now."""
    with desk.reader() as reader:
        shown = audit_shown(desk, reader, uid)
        words = "" if as_json else words_of(reader, shown)
    say(shown, words, as_json=as_json)


@commands.command("open")
def open_(
    context: typer.Context,
    audit: AuditName,
    template: Annotated[str, typer.Option("--template", help="Checklist of the conduct; else the newest.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Open a planned audit: from the opening meeting on it is conducted (gemba assess answer …)."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = audit_named(reader, audit).uid
            checklist = template_named(reader, template).uid if template else None
        open_audit(desk, uid, checklist)
        tell(desk, uid, as_json=as_json)


@commands.command("show")
def show(context: typer.Context, audit: AuditName, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Show how an audit stands: what is judged, found, answered, issued."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = audit_named(reader, audit).uid
        tell(desk, uid, as_json=as_json)


@commands.command("list")
def list_(
    context: typer.Context,
    search: SearchOption = "",
    place: PlaceFilter = None,
    state: StateFilter = None,
    quarter: Annotated[str, typer.Option("--quarter", help="Only those of one quarter: 2026-Q4.")] = "",
    sort: SortOption = "-planned_on",
    limit: LimitOption = 100,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """List audits."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        asked = query(reader, search, place, state, sort, states=(*AuditState, "overdue"), late="planned")
        if quarter:
            asked = msgspec.structs.replace(asked, where={**asked.where, "quarter": (quarter,)})
        lines = AUDITS.lines(reader, AUDITS.keys(reader, asked)[:limit])
    rows = [(one.number, one.planned_on, one.state, one.quarter, one.place, one.auditor, one.title) for one in lines]
    heads = [text(head) for head in ("Audit", "Planned", "State", "Quarter", "Place", "Lead auditor", "Title")]
    say(lines, table(rows, heads), as_json=as_json)


@commands.command("release-check")
def release_check_(
    context: typer.Context, audit: AuditName, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """List what blocks the report, what needs a word, and what should be known; errors end with code 2."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = audit_named(reader, audit)
        found = release_check(desk, about.uid)
    say({"need": found.need, "remarks": found.remarks}, check_words(found), as_json=as_json)
    if found.need == "blocked":
        raise Refusal("cli.audit_blocked", number=about.number)


@commands.command("conclude")
def conclude(
    context: typer.Context,
    audit: AuditName,
    summary: Annotated[str, typer.Option("--summary", help="The auditors' own words to the reader.")] = "",
    word: Annotated[
        list[str] | None, typer.Option("--word", help="CODE=WORDS on a warning of the release check; repeatable.")
    ] = None,
    escalate: Annotated[
        list[str] | None,
        typer.Option("--escalate", help="DECISION to raise as a conflict with what it is contrary to; repeatable."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where the report is written.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Freeze an audit and issue its report, numbered and hashed."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = audit_named(reader, audit)
            wanted = contrary_ones(reader, about, escalate or ())
        told = dict(word_said(each) for each in word or ())
        conclude_audit(desk, about.uid, summary, words=told, escalate=wanted)
        made = audit_report(desk, about.uid, out)
        with desk.reader() as reader:
            shown = audit_shown(desk, reader, about.uid)
            words = f"{made.file}\n{words_of(reader, shown)}"
    say({"audit": shown, "report": made}, words, as_json=as_json)


@commands.command("correct")
def correct(
    context: typer.Context,
    audit: AuditName,
    reason: Annotated[str, typer.Option("--reason", help="Why it is corrected.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Begin a new audit that takes the place of a concluded one."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = audit_named(reader, audit).uid
        tell(desk, correct_audit(desk, uid, reason).uid, as_json=as_json)


@commands.command("report")
def report(
    context: typer.Context,
    audit: AuditName,
    out: Annotated[Path | None, typer.Option("--out", help="Where it is written.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Write the report: of a concluded audit the one that was issued, byte for byte; else a draft."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = audit_named(reader, audit).uid
        made = audit_report(desk, uid, out)
    say(made, "\n".join([str(made.file), *made.warnings]), as_json=as_json)
