"""The command line as a whole: its commands, and what becomes of a failure."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from gemba import __version__
from gemba.cli import (
    action,
    action_board,
    action_effect,
    agreement,
    alert,
    assess,
    audit,
    audit_answers,
    audit_judging,
    audit_pack,
    backup,
    benchmark,
    boundary,
    calibration,
    carrier,
    cause,
    chart,
    complaint,
    complaint_export,
    complaint_import,
    complaint_text,
    conflict,
    decision,
    decision_import,
    decision_review,
    demo,
    drift,
    escalation,
    evidence,
    export,
    finding,
    follow,
    goal,
    goal_requirement,
    hq,
    hq_publish,
    hq_quarantine,
    hq_serve,
    hq_status,
    hq_steward,
    hq_watch,
    huddle,
    keep,
    key,
    measure,
    overlay,
    pack,
    pack_share,
    person,
    place,
    privacy,
    programme,
    promise,
    quality,
    register,
    register_view,
    report,
    report_deep_dive,
    report_goals,
    report_quarter,
    review,
    risk,
    rotation,
    sample,
    schedule,
    send,
    service_level,
    shared_laptop,
    signal,
    starters,
    survey,
    take_in,
    template,
    timestudy,
    tour,
    versions,
    vocabulary,
    write_template,
)
from gemba.cli import map as map_
from gemba.cli.saying import StoreOption
from gemba.cli.world import PERSON, STORE, World, store_folder, world_of
from gemba.errors import GembaError, Refusal
from gemba.folders import own_log
from gemba.wording import sentence, text

OK, REFUSED, TROUBLE, BUG = 0, 2, 3, 70

_UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""What Typer raises for words it does not understand; it keeps the class to itself and shows only this child of it."""

program = typer.Typer(
    name="gemba",
    help="Offline site audits and Gemba walks. Without a command it opens the window.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
complaint.commands.command("export")(complaint_export.export)
complaint_text.register(complaint.commands)
complaint_import.register(complaint.commands)
assess.commands.command("migrate")(versions.migrate)
assess.commands.command("quality")(quality.quality)
assess.commands.command("export")(export.export)
write_template.register(template.commands)
template.commands.command("starters")(starters.starters)
template.commands.add_typer(overlay.commands, name="overlay")
program.add_typer(template.commands, name="template")
program.add_typer(assess.commands, name="assess")
program.add_typer(finding.commands, name="finding")
program.add_typer(evidence.commands, name="evidence")
action_board.register(action.commands)
action_effect.register(action.commands)
program.add_typer(action.commands, name="action")
program.add_typer(complaint.commands, name="complaint")
program.add_typer(escalation.commands, name="escalation")
program.add_typer(rotation.commands, name="rotation")
program.add_typer(promise.commands, name="promise")
program.add_typer(vocabulary.commands, name="vocabulary")
program.add_typer(review.commands, name="review")
audit_judging.register(audit.commands)
audit_answers.register(audit.commands)
program.add_typer(audit.commands, name="audit")
program.add_typer(sample.commands, name="sample")
program.add_typer(agreement.commands, name="agreement")
program.add_typer(calibration.commands, name="calibration")
program.add_typer(cause.commands, name="cause")
program.add_typer(place.commands, name="place")
program.add_typer(map_.commands, name="map")
program.add_typer(timestudy.commands, name="timestudy")
program.add_typer(alert.commands, name="alert")
program.command("huddle")(huddle.huddle)
program.add_typer(person.commands, name="person")
program.add_typer(privacy.commands, name="privacy")
report.commands.command("deep-dive")(report_deep_dive.deep_dive)
report.commands.command("alignment")(report_quarter.alignment)
report.commands.command("management-review")(report_quarter.management_review)
report.commands.command("register")(register_view.register_report)
program.add_typer(report.commands, name="report")
program.add_typer(pack.commands, name="pack")
program.add_typer(audit_pack.commands, name="audit-pack")
pack.commands.command("share")(pack_share.share)
hq.commands.command("publish")(hq_publish.publish)
hq.commands.command("revoke")(hq_publish.revoke)
hq.commands.add_typer(hq_quarantine.commands, name="quarantine")
hq.commands.command("watch")(hq_watch.watch)
hq.commands.command("status")(hq_status.status_)
hq.commands.command("serve")(hq_serve.serve)
hq.commands.add_typer(hq_steward.commands, name="steward")
program.add_typer(hq.commands, name="hq")
program.add_typer(key.commands, name="key")
decision_import.register(decision.commands)
decision_review.register(decision.commands)
program.add_typer(decision.commands, name="decision")
program.add_typer(boundary.commands, name="boundary")
program.add_typer(conflict.commands, name="conflict")
program.add_typer(carrier.commands, name="carrier")
program.command("send")(send.send)
program.command("take-in")(take_in.take_in)
program.command("check")(keep.check)
program.add_typer(backup.commands, name="backup")
program.command("restore")(keep.restore)
program.command("rekey")(keep.rekey)
program.command("people")(shared_laptop.people)
program.command("hand-over")(shared_laptop.hand_over_)
program.command("demo")(demo.demo)
goal.commands.command("require")(goal_requirement.require)
goal.commands.add_typer(goal_requirement.commands, name="requirement")
program.add_typer(goal.commands, name="goal")
program.add_typer(service_level.commands, name="sla")
report.commands.command("goals")(report_goals.goals)
program.add_typer(follow.commands, name="follow")
program.add_typer(survey.commands, name="survey")
program.add_typer(risk.commands, name="risk")
register.commands.command("view")(register_view.view)
register.commands.command("check")(register_view.check)
register.commands.command("propose")(register_view.propose)
program.add_typer(programme.commands, name="programme")
program.add_typer(schedule.commands, name="schedule")
program.add_typer(register.commands, name="register")
program.command("chart")(chart.chart)
program.add_typer(measure.commands, name="measure")
program.add_typer(signal.commands, name="signal")
program.add_typer(drift.commands, name="drift")
program.command("benchmark")(benchmark.benchmark)
program.command("tour")(tour.tour)


def _say_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"gemba {__version__}\n")
        raise typer.Exit


@program.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    store: StoreOption = None,
    person: Annotated[
        str | None, typer.Option("--person", help="Whose store it is, on a laptop that several share (gemba people).")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Open the window when no command is named."""
    context.meta[STORE] = shared_laptop.store_for(person) if person is not None else store
    context.meta[PERSON] = person or ""
    if context.invoked_subcommand is None:
        raise typer.Exit(world_of(context).window(store_folder(context, store)))


def run(arguments: Sequence[str], world: World) -> int:
    """Run one command.

    Args:
        arguments: as the shell gives them, without the program's name.
        world: what the command may use.

    Returns:
        Exit code: 0 done, 2 refused, 3 trouble, 70 a bug in the program.
    """
    command = typer.main.get_command(program)
    try:
        return int(command.main(list(arguments), prog_name="gemba", standalone_mode=False, obj=world) or OK)
    except typer.Abort:
        return _tell(text("Stopped."), REFUSED)
    except _UsageError as error:
        return _usage(error)
    except GembaError as error:
        return _tell(sentence(error), REFUSED if isinstance(error, Refusal) else TROUBLE)
    except BrokenPipeError:  # whoever read the answer has seen enough
        return OK
    except Exception:  # noqa: BLE001 - the last door: whatever comes here is a bug, and is told as one
        return _bug()


def _tell(words: str, code: int) -> int:
    print(words, file=sys.stderr)
    return code


def _usage(error: Any) -> int:
    """Words that were not understood; a group without a command gets its help."""
    words = error.format_message().replace("Value error, ", "")
    words = words.replace(
        "does not match the formats '%Y-%m-%d'", text("is no day of the calendar, written as 2026-12-31")
    )
    if words.startswith("Usage:"):
        return _tell(words, REFUSED)
    way_out = f"{error.ctx.command_path if error.ctx else 'gemba'} --help"
    return _tell(text("{words}. See: {way_out}", words=" ".join(words.split()).rstrip("."), way_out=way_out), REFUSED)


def _bug() -> int:
    report = own_log() / "bug-report.txt"
    story = f"gemba {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n\n{traceback.format_exc()}"
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(story, "utf-8")
    except OSError:
        sys.stderr.write(story)
    words = text(
        "A mistake in Gemba itself stopped the command; nothing half-done was kept. The report is in {file}.",
        file=report,
    )
    return _tell(words, BUG)
