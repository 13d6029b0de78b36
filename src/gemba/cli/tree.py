"""The tree of commands; a branch is imported and built only when it is asked for.

All branches together take seconds to build, and a command needs one of them. So each is named here with its line of
help, and what it consists of is found by name.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import typer
from typer.core import TyperGroup


class Branch:
    """A command, or a group of them.

    Args:
        words: its line in `gemba --help`.
        found: `module.attribute` below `gemba.cli`: a `typer.Typer`, or a function that is the only command.
        joined: what other modules put into the group: `module`, whose `register` puts its commands there, or
            `name=module.attribute`, a command or a group of its own.
    """

    def __init__(self, words: str, found: str, *joined: str) -> None:
        self.words = words
        self.found = found
        self.joined = joined


BRANCHES = {
    "template": Branch(
        "Checklists: XLSForm workbooks in and out.",
        "template.commands",
        "write_template",
        "starters=starters.starters",
        "overlay=overlay.commands",
    ),
    "assess": Branch(
        "Conduct assessments: walks, rotations, audits.",
        "assess.commands",
        "migrate=versions.migrate",
        "quality=quality.quality",
        "export=export.export",
    ),
    "finding": Branch("Findings against a criterion.", "finding.commands", "finding_steps"),
    "evidence": Branch("Photos and files: draw over them, hide parts, give copies out.", "evidence.commands"),
    "action": Branch(
        "Actions on findings, with owner and due date.",
        "action.commands",
        "action_board",
        "action_effect",
        "action_photo",
        "proof",
    ),
    "complaint": Branch(
        "Complaints: enter, move on until they are closed, list, search.",
        "complaint.commands",
        "export=complaint_export.export",
        "complaint_text",
        "complaint_import",
    ),
    "escalation": Branch("Escalations: what a place cannot settle by itself.", "escalation.commands"),
    "walk": Branch(
        "Gemba walks: routes, standard work of leaders, what is seen and heard.",
        "walk.commands",
        "walk_routes",
        "walk_notes",
    ),
    "rotation": Branch("Rotations: leaders in frontline roles, planned fairly.", "rotation.commands"),
    "promise": Branch("The promise ledger: what leaders promised, and what was kept.", "promise.commands"),
    "pattern": Branch(
        "The playbook: what worked, who else it would help, where it was carried.",
        "pattern.commands",
        "pattern_transfer",
    ),
    "archive": Branch("Closed work with its outcome: charts, checks, photos, files.", "archive.commands"),
    "vocabulary": Branch("Governed words: products, steps, channels, segments, causes.", "vocabulary.commands"),
    "review": Branch("Complaint reviews: from single errors to systemic gaps.", "review.commands"),
    "audit": Branch(
        "Alignment audits, from opening to the frozen report.", "audit.commands", "audit_judging", "audit_answers"
    ),
    "sample": Branch("Samples of audits: drawn so that anybody can draw them again.", "sample.commands"),
    "agreement": Branch("Agreement of auditors; an audit's by its number.", "agreement.commands"),
    "calibration": Branch("Calibration sessions: raters see where they differ.", "calibration.commands"),
    "cause": Branch("Cause analyses: 5 whys, Ishikawa, 8D-light.", "cause.commands"),
    "place": Branch("Places: enterprise, regions, sites, areas.", "place.commands"),
    "map": Branch("Value-stream maps: steps, times, owners, and pains pinned to them.", "map.commands"),
    "timestudy": Branch(
        "Time and motion: elements of the work, cycle by cycle.", "timestudy.commands", "timestudy_more"
    ),
    "alert": Branch("Alerts: what customers and charts tell, to go and see.", "alert.commands"),
    "huddle": Branch("One page to stand around: signals, words of customers, one question.", "huddle.huddle"),
    "person": Branch("Who works at this store.", "person.commands", "person_left"),
    "privacy": Branch("What tells of a person: kept how long, told to whom, erased.", "privacy.commands"),
    "report": Branch(
        "PDF reports, made offline.",
        "report.commands",
        "deep-dive=report_deep_dive.deep_dive",
        "alignment=report_quarter.alignment",
        "management-review=report_quarter.management_review",
        "register=register_view.register_report",
        "goals=report_goals.goals",
    ),
    "pack": Branch("Sealed packs for headquarters.", "pack.commands", "share=pack_share.share"),
    "audit-pack": Branch("Audit packs: binder, tables, evidence in one signed file.", "audit_pack.commands"),
    "hq": Branch(
        "Headquarters: take packs in, give receipts.",
        "hq.commands",
        "publish=hq_publish.publish",
        "revoke=hq_publish.revoke",
        "quarantine=hq_quarantine.commands",
        "watch=hq_watch.watch",
        "status=hq_status.status_",
        "serve=hq_serve.serve",
        "steward=hq_steward.commands",
    ),
    "key": Branch("Keys: shown, enrolled, rotated, recovered.", "key.commands"),
    "decision": Branch(
        "Decisions: record, import, list, review what places decide.",
        "decision.commands",
        "decision_import",
        "decision_review",
    ),
    "boundary": Branch("Boundaries: who may decide what, and how far.", "boundary.commands"),
    "history": Branch("What changed of a record, when and by whom, from what to what.", "history.history"),
    "undo": Branch("Take back the last change of a record, until it is concluded.", "undo.undo"),
    "conflict": Branch("What two laptops recorded differently, for a person to decide.", "conflict.commands"),
    "carrier": Branch("Ways to headquarters: folders, sticks, servers.", "carrier.commands"),
    "send": Branch("Send what is sealed, and fetch what headquarters answered.", "send.send"),
    "take-in": Branch("Take in what came: cards, receipts, publications, packs.", "take_in.take_in"),
    "check": Branch("Prove the store: journal, signatures and files.", "keep.check"),
    "backup": Branch("Copy the whole store, still encrypted, now or by the clock.", "backup.commands"),
    "restore": Branch("Bring a store back from a backup.", "keep.restore"),
    "rekey": Branch("Give the store a new key.", "keep.rekey"),
    "people": Branch("Who has a store of their own on this laptop.", "shared_laptop.people"),
    "hand-over": Branch("Hand what headquarters does not hold yet to another person.", "shared_laptop.hand_over_"),
    "demo": Branch("The whole way of a walk, from checklist to receipt.", "demo.demo"),
    "goal": Branch(
        "Goals: what was promised to the customer, and whether it is kept.",
        "goal.commands",
        "require=goal_requirement.require",
        "requirement=goal_requirement.commands",
    ),
    "sla": Branch("Service levels: promised, expected by the customer, achieved.", "service_level.commands"),
    "follow": Branch("What follows from complaints: lags, returns, comparisons.", "follow.commands"),
    "survey": Branch("Surveys: NPS, CES and CSAT with their intervals.", "survey.commands"),
    "risk": Branch("Risks: FMEA with the worse of technical and customer severity.", "risk.commands"),
    "programme": Branch("The quarter's audit programme: by risk, watched, closed.", "programme.commands"),
    "schedule": Branch("What comes again: audits, walks and reviews by rule.", "schedule.commands"),
    "calendar": Branch("All that comes again or is due, in one calendar; what is overdue.", "calendar.commands"),
    "body": Branch("Bodies that decide: seats, terms, quorum, cadence.", "body.commands"),
    "meeting": Branch("Meetings: agendas of what waits, minutes, decisions.", "meeting.commands"),
    "register": Branch(
        "Registers: guardrails, owners, measures, documents, maturity and more.",
        "register.commands",
        "view=register_view.view",
        "check=register_view.check",
        "propose=register_view.propose",
    ),
    "chart": Branch("Chart a measure, or complaints by a filter.", "chart.chart"),
    "measure": Branch("Measures: what is charted over time.", "measure.commands"),
    "signal": Branch("Signals of measures: one open alert each.", "signal.commands"),
    "drift": Branch("Whether decisions keep what was promised: rates, drift, causes.", "drift.commands"),
    "benchmark": Branch("Compare places over the same definitions.", "benchmark.benchmark"),
    "tour": Branch("Write a picture of every page.", "tour.tour"),
}


class Tree(TyperGroup):
    """The program's commands, each built when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - as the base class calls it
        """The names of all branches."""
        return list(BRANCHES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - as the base class calls it
        """One branch; `None` when there is none of that name."""
        return grown(cmd_name) if cmd_name in BRANCHES else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - as the base class calls it
        """List the branches by their lines of help, without building them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, branch.words) for name, branch in BRANCHES.items()])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the branch that the words name; when none does, names like it are proposed."""
        self.commands = dict.fromkeys(BRANCHES, self)  # what proposals are chosen from
        return super().resolve_command(ctx, args)


@cache
def grown(name: str) -> Any:
    """One branch with all that belongs to it, built once."""
    branch = BRANCHES[name]
    found = _attribute(branch.found)
    if not isinstance(found, typer.Typer):
        alone = _group()
        alone.command(name)(found)
        return _built(alone)
    for joint in branch.joined:
        _join(found, joint)
    outer = _group()
    outer.add_typer(found, name=name, help=branch.words)
    return _built(outer).commands[name]


def _group() -> typer.Typer:
    return typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


def _built(commands: typer.Typer) -> Any:
    return typer.main.get_command(commands)


def _join(group: typer.Typer, joint: str) -> None:
    name, _, where = joint.rpartition("=")
    if not name:
        importlib.import_module(f"gemba.cli.{where}").register(group)
        return
    found = _attribute(where)
    if isinstance(found, typer.Typer):
        group.add_typer(found, name=name)
    else:
        group.command(name)(found)


def _attribute(where: str) -> Any:
    module, _, attribute = where.rpartition(".")
    return getattr(importlib.import_module(f"gemba.cli.{module}"), attribute)
