"""Open an alignment audit: from its opening meeting on it is conducted as an assessment."""

from __future__ import annotations

import uuid

from gemba.domain.assessments import Assessment
from gemba.domain.change import Change
from gemba.domain.decisions import Decision
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.kinds.alignment_audit import ALIGNMENT_AUDIT
from gemba.store.judged import place_in_sample
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.conduct import start_in
from gemba.work.desk import Desk
from gemba.work.independence import demand_of_audit
from gemba.work.plan_audits import still_planned
from gemba.work.records import known
from gemba.work.to_judge import sample_of

_CONDUCTS = uuid.UUID("9a3c9f8e-2f0d-4d0f-9b7a-6f7b0c5d1e42")
DECISION_SHEET = "quarterly_alignment_audit"
"""The starter that helps to judge one decision."""


def conduct_uid(audit: Uid) -> Uid:
    """The uid of an audit's conduct: the same wherever it is opened, so that two laptops meet in one record."""
    return str(uuid.uuid5(_CONDUCTS, audit))


def open_audit(desk: Desk, audit: Uid, template: Uid | None = None) -> Change:
    """Open a planned audit; the change's uid is that of its conduct.

    Args:
        desk: who opens it, where; one of its auditors.
        audit: planned.
        template: a checklist of the kind; the newest one that is not retired when left out.

    Raises:
        Refusal: it is not planned any more, the person is not its auditor, an auditor took decisions of the audit
            since it was planned, or there is no checklist for it.
    """
    with desk.unit() as unit:
        planned = still_planned(unit, audit)
        if desk.person.uid not in (planned.auditor, planned.second):
            raise Refusal("work.not_its_auditor", name=desk.person.name, number=planned.number)
        days = (planned.begins, planned.ends)
        for one in filter(None, (planned.auditor, planned.second)):
            demand_of_audit(unit, one, planned.place, days, planned.independent_because)
        uid = conduct_uid(audit)
        if unit.get(Assessment, uid) is None:  # it came from another laptop before the audit itself did
            checklist = known(unit, Template, template) if template else _newest(unit)
            _begin(unit, desk, planned, checklist, uid)
        unit.change(Audit, audit, state=AuditState.OPEN, assessment=uid, opened_at=desk.clock())
        return unit.change_made(uid)


def sheet_for(desk: Desk, audit: Uid, decision: Uid) -> Change:
    """Begin, or find, a sheet of one's own on one sampled decision: help for judging it, no part of the verdict.

    Raises:
        Refusal: the decision is not in the audit's sample, or the library has no such sheet.
    """
    with desk.unit() as unit:
        about, subject = known(unit, Audit, audit), known(unit, Decision, decision)
        sample = sample_of(unit, audit)
        if sample is None or place_in_sample(unit, sample.uid, decision) is None:
            raise Refusal("work.not_in_sample", decision=subject.number, number=about.number)
        named = f"decision:{decision}"
        for begun in unit.find(Assessment, subject=named):
            if begun.person == desk.person.uid and begun.corrects is None:
                return unit.change_made(begun.uid)
        forms = [one for one in unit.find(Template, form_id=DECISION_SHEET) if not one.retired]
        if not forms:
            raise Refusal("work.no_decision_sheet", form=DECISION_SHEET)
        sheet = max(forms, key=lambda one: (one.imported_at, one.uid))
        title = f"{sheet.title} · {subject.number}"
        return unit.change_made(start_in(unit, desk, sheet.uid, subject.place, title=title, subject=named).uid)


def _begin(unit: Unit, desk: Desk, planned: Audit, checklist: Template, uid: Uid) -> None:
    if checklist.kind != ALIGNMENT_AUDIT.code:
        raise Refusal("work.no_audit_checklist")
    start_in(
        unit,
        desk,
        checklist.uid,
        planned.place,
        uid=uid,
        title=f"{planned.title} · {planned.number}",
        due=planned.due,
        subject=f"audit:{planned.uid}",
    )


def _newest(reader: Reader) -> Template:
    fitting = [one for one in reader.find(Template, kind=ALIGNMENT_AUDIT.code) if not one.retired]
    if not fitting:
        raise Refusal("work.no_audit_checklist")
    return max(fitting, key=lambda one: (one.imported_at, one.uid))
