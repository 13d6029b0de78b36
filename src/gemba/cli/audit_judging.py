"""`gemba audit judge`, `to-judge`, `hand-in`: sampled decisions against the goals that held for them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from gemba.cli.audit import AuditName, tell
from gemba.cli.audit_naming import audit_named, decision_named, goal_held
from gemba.cli.audit_showing import judgements_table, left_table
from gemba.cli.saying import JsonOption, StoreOption, say
from gemba.cli.template import read_file
from gemba.cli.world import desk_at
from gemba.domain.judgements import AlignmentVerdict, Confidence, Constraint, Judgement, judgement_uid
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.work.attach_evidence import attach
from gemba.work.desk import Desk
from gemba.work.judge import hand_in, judge, take_back
from gemba.work.judgement_rules import Said
from gemba.work.open_audit import sheet_for
from gemba.work.records import known
from gemba.work.to_judge import cases, left_to_judge, said_by

_Day = Annotated[
    datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Last day on which the exception holds.")
]
_Files = Annotated[list[Path] | None, typer.Option("--file-for", help="Photo or file that speaks for it.")]
_Against = Annotated[list[Path] | None, typer.Option("--file-against", help="Photo or file that speaks against it.")]


def judge_(
    context: typer.Context,
    audit: AuditName,
    decision: Annotated[str, typer.Argument(help="Number or uid of the sampled decision.", show_default=False)],
    goal: Annotated[str, typer.Argument(help="Code, title or uid of the goal.", show_default=False)],
    verdict: Annotated[AlignmentVerdict | None, typer.Argument(help="How it stands to the goal.")] = None,
    speaks_for: Annotated[str, typer.Option("--for", help="Evidence for it.")] = "",
    against: Annotated[str, typer.Option("--against", help="Evidence against it.")] = "",
    constraint: Annotated[Constraint, typer.Option("--constraint", help="What forced it.")] = Constraint.NONE,
    confidence: Annotated[Confidence, typer.Option("--confidence", help="How sure you are.")] = Confidence.MEDIUM,
    exception: Annotated[str, typer.Option("--exception", help="Why going against the goal was justified.")] = "",
    until: _Day = None,
    cause: Annotated[str, typer.Option("--cause", help="Code of what is behind it.")] = "",
    note: Annotated[str, typer.Option("--note", help="A note; why, when it cannot be told.")] = "",
    file_for: _Files = None,
    file_against: _Against = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the judgement back.")] = False,
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Judge a sampled decision against a goal, with its evidence; again to change it until it is handed in."""
    files = [(path.name, read_file(path), "for") for path in file_for or ()]
    files += [(path.name, read_file(path), "against") for path in file_against or ()]
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about, subject = audit_named(reader, audit), decision_named(reader, decision)
            held = goal_held(reader, about, subject, goal)
        if undo:
            change = take_back(desk, about.uid, subject.uid, held.uid)
        elif verdict is None:
            raise Refusal("cli.verdict_missing")
        else:
            uid = judgement_uid(about.uid, subject.uid, held.uid, desk.person.uid)
            for name, data, stance in files:
                attach(desk, about.assessment or "", data, name, subject=f"judgement:{uid}", stance=stance)
            said = Said(
                verdict=verdict,
                evidence_for=speaks_for,
                evidence_against=against,
                constraint=constraint,
                confidence=confidence,
                exception=exception,
                exception_until=until.date() if until else None,
                cause=cause,
                note=note,
            )
            change = judge(desk, about.uid, subject.uid, held.uid, said)
        _say(desk, change.uid, as_json=as_json)


def to_judge(context: typer.Context, audit: AuditName, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """List what you still have to judge, in the order of the sample."""
    with desk_at(context, store, make=False) as desk, desk.reader() as reader:
        about = audit_named(reader, audit)
        owed = cases(reader, about, desk.person.uid)
        left = left_to_judge(owed, said_by(reader, about.uid, desk.person.uid))
    shown = [
        {
            "decision": case.decision.number,
            "uid": case.decision.uid,
            "title": case.decision.title,
            "goal": goal.code,
            "goal_uid": goal.uid,
            "statement": goal.statement,
        }
        for case, goal in left
    ]
    say(shown, left_table(left), as_json=as_json)


def hand_in_(context: typer.Context, audit: AuditName, as_json: JsonOption = False, store: StoreOption = None) -> None:
    """Let go of your judgements: they change no more."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            uid = audit_named(reader, audit).uid
        hand_in(desk, uid)
        tell(desk, uid, as_json=as_json)


def sheet(
    context: typer.Context,
    audit: AuditName,
    decision: Annotated[str, typer.Argument(help="Number or uid of the sampled decision.", show_default=False)],
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Begin (or find) a sheet of your own on one decision, as help for judging it."""
    with desk_at(context, store, make=False) as desk:
        with desk.reader() as reader:
            about, subject = audit_named(reader, audit), decision_named(reader, decision)
        uid = sheet_for(desk, about.uid, subject.uid).uid
    say({"uid": uid}, uid, as_json=as_json)


def register(commands: typer.Typer) -> None:
    """Put these commands with the others of an audit."""
    commands.command("judge")(judge_)
    commands.command("to-judge")(to_judge)
    commands.command("hand-in")(hand_in_)
    commands.command("sheet")(sheet)


def _say(desk: Desk, judgement: Uid, *, as_json: bool) -> None:
    with desk.reader() as reader:
        made = known(reader, Judgement, judgement)
        words = judgements_table(reader, () if made.taken_back else (made,))
    say(made, words, as_json=as_json)
