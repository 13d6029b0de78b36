"""`gemba audit finding`, `to-auditee`, `respond`, `settle-response`: what was found, and the auditee's word on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from gemba.cli.audit import AuditName, tell
from gemba.cli.audit_naming import audit_named, decision_named
from gemba.cli.naming import named
from gemba.cli.saying import JsonOption, StoreOption, say, table
from gemba.cli.template import read_file
from gemba.cli.world import desk_at
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.judgements import AlignmentVerdict, AuditeeResponse, ResponseOutcome, ResponseSort
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.wording import text
from gemba.work.attach_evidence import attach
from gemba.work.audit_finding_facts import response_words
from gemba.work.audit_findings import Told, demand_raisable, proposals, raise_on_goal
from gemba.work.codes import code_of
from gemba.work.desk import Desk
from gemba.work.goals_in_force import goal_named
from gemba.work.records import known
from gemba.work.report_facts import grade_title
from gemba.work.respond import respond_with, to_auditee
from gemba.work.settle_response import Settled, settle_response

_Role = Annotated[str, typer.Option("--role", help="Who responds, by role.")]
_FindingName = Annotated[str, typer.Argument(help="Number or uid of the finding.", show_default=False)]


def finding(
    context: typer.Context,
    audit: AuditName,
    goal: Annotated[str, typer.Argument(help="The one goal that is its criterion; none lists proposals.")] = "",
    grade: Annotated[FindingGrade, typer.Option("--grade", help="Its weight.")] = FindingGrade.MINOR,
    words: Annotated[str, typer.Option("--text", help="What was found, by roles and conditions.")] = "",
    decision: Annotated[str, typer.Option("--decision", help="The one decision it is on; else all that depart.")] = "",
    cause: Annotated[str, typer.Option("--cause", help="Code of what is behind it.")] = "",
    step: Annotated[str, typer.Option("--step", help="Code or title of the process step.")] = "",
    contained: Annotated[str, typer.Option("--contained", help="What was done at once.")] = "",
    file: Annotated[list[Path] | None, typer.Option("--file", help="Photo or file that shows it; repeatable.")] = None,
    are_no_names: Annotated[bool, typer.Option("--no-names", help="What may be names are none.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Raise a finding on a goal, or list what the judgements suggest."""
    loaded = [(path.name, read_file(path)) for path in file or ()]
    with desk_at(context, store, make=False) as desk:
        if not goal:
            _proposals(desk, audit, as_json=as_json)
            return
        with desk.reader() as reader:
            about, criterion = audit_named(reader, audit), goal_named(reader, goal)
            on = f"decision:{decision_named(reader, decision).uid}" if decision else ""
            told = Told(
                goal=criterion.uid,
                grade=grade,
                text=words,
                on=on,
                cause=code_of(reader, Facet.CAUSE, cause),
                step=step,
                contained=contained,
                are_no_names=are_no_names,
            )
            demand_raisable(reader, about, told, has_files=bool(loaded))
        kept = [attach(desk, about.assessment or "", data, name).uid for name, data in loaded]
        change = raise_on_goal(desk, about.uid, msgspec.structs.replace(told, evidence=kept))
        with desk.reader() as reader:
            made = known(reader, Finding, change.uid)
    say(made, f"{made.number} · {grade_title(made.grade)} · {made.text}", as_json=as_json)


def to_auditee_(
    context: typer.Context, audit: AuditName, as_json: JsonOption = False, store: StoreOption = None
) -> None:
    """Give the findings to the auditee, who accepts or contests them before the report."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = audit_named(reader, audit).uid
        to_auditee(desk, uid)
        tell(desk, uid, as_json=as_json)


def respond_(
    context: typer.Context,
    finding: _FindingName,
    sort: Annotated[ResponseSort, typer.Argument(help="Accepted or contested.", show_default=False)],
    role: _Role = "",
    words: Annotated[str, typer.Option("--text", help="Why it is contested.")] = "",
    file: Annotated[list[Path] | None, typer.Option("--file", help="Photo or file that shows it; repeatable.")] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Record the auditee's word on a finding; after the report is issued it is kept as late."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Finding, finding)
        change = respond_with(desk, about.uid, sort, file or (), role=role, words=words)
        with desk.reader() as reader:
            made = known(reader, AuditeeResponse, change.uid)
    say(made, response_words(made), as_json=as_json)


def settle(
    context: typer.Context,
    finding: _FindingName,
    outcome: Annotated[ResponseOutcome, typer.Argument(help="upheld, changed or withdrawn.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="Why; it stands in the report.")] = "",
    grade: Annotated[FindingGrade | None, typer.Option("--grade", help="The new weight.")] = None,
    words: Annotated[str | None, typer.Option("--text", help="The new words.")] = None,
    verdict: Annotated[
        AlignmentVerdict | None, typer.Option("--verdict", help="What counts now for the decisions it rested on.")
    ] = None,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say what becomes of a contested finding."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about = named(reader, Finding, finding)
            said = reader.find(AuditeeResponse, finding=about.uid)
        open_ones = [one for one in said if one.sort == "contest" and one.outcome == "open"]
        if not open_ones:
            raise Refusal("work.nothing_contested", number=about.number)
        told = Settled(outcome=outcome, reason=reason, grade=grade, text=words, verdict=verdict)
        change = settle_response(desk, open_ones[0].uid, told)
        with desk.reader() as reader:
            made = known(reader, AuditeeResponse, change.uid)
    say(made, response_words(made), as_json=as_json)


def register(commands: typer.Typer) -> None:
    """Put these commands with the others of an audit."""
    commands.command("finding")(finding)
    commands.command("to-auditee")(to_auditee_)
    commands.command("respond")(respond_)
    commands.command("settle-response")(settle)


def _proposals(desk: Desk, audit: str, *, as_json: bool) -> None:
    with desk.reader() as reader:
        found = proposals(reader, audit_named(reader, audit))
    shown = [
        {
            "goal": one.goal.code,
            "title": one.goal.title,
            "grade": one.grade,
            "contrary": one.contrary,
            "decisions": [rest.decision.number for rest in one.rests_on],
        }
        for one in found
    ]
    rows = [(one.goal.code, one.goal.title, grade_title(one.grade), len(one.rests_on)) for one in found]
    say(shown, table(rows, [text(head) for head in ("Goal", "Title", "Proposed", "Decisions")]), as_json=as_json)
