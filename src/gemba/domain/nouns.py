"""All kept nouns by their name in journal, tables and packs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gemba.domain.actions import Action
from gemba.domain.assessments import Answer, Assessment
from gemba.domain.bank_items import BankItem
from gemba.domain.calibration import CalibrationRating, CalibrationSession
from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaint_reviews import ClusterDecision, ComplaintReview
from gemba.domain.complaints import ClockPause, ClockTarget, Complaint
from gemba.domain.conclusions import Conclusion, IssuedReport
from gemba.domain.decisions import Boundary, Decision
from gemba.domain.draft_migrations import DraftMigration
from gemba.domain.effects import EffectCheck
from gemba.domain.erasures import Erasure
from gemba.domain.escalations import Escalation, EscalationStep, EscalationTier
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.follow_through import Discrepancy, RegisterEntry, Risk, Survey
from gemba.domain.goals import Goal, Requirement, ServiceLevel
from gemba.domain.governance import BodyMember, GovernanceBody, Meeting
from gemba.domain.intakes import ComplaintLot, Intake
from gemba.domain.judgements import AgreedVerdict, AuditeeResponse, Judgement
from gemba.domain.measures import FrozenBaseline, Measure, MeasureValue, Signal
from gemba.domain.patterns import Pattern, Transfer
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.privacy import Disclosure, RetentionRule
from gemba.domain.process_maps import GoAndSee, Pin, ProcessMap, ProcessStep
from gemba.domain.programmes import Audit, Programme, Schedule
from gemba.domain.record import Record
from gemba.domain.rotations import Commitment, Rotation
from gemba.domain.samples import Sample, SampleItem
from gemba.domain.settlements import Settlement
from gemba.domain.suggestions import Suggestion
from gemba.domain.templates import Template
from gemba.domain.time_studies import TimeElement, TimeReading, TimeStudy
from gemba.domain.vocabularies import Vocabulary
from gemba.domain.walks import Observation, Route, RouteStop

NOUNS: dict[str, type[Record]] = {
    "place": Place,
    "person": Person,
    "template": Template,
    "assessment": Assessment,
    "answer": Answer,
    "evidence": Evidence,
    "finding": Finding,
    "action": Action,
    "conclusion": Conclusion,
    "report": IssuedReport,
    "draft_migration": DraftMigration,
    "bank_item": BankItem,
    "erasure": Erasure,
    "settlement": Settlement,
    "vocabulary": Vocabulary,
    "intake": Intake,
    "complaint_lot": ComplaintLot,
    "complaint": Complaint,
    "clock_pause": ClockPause,
    "clock_target": ClockTarget,
    "complaint_review": ComplaintReview,
    "cause_analysis": CauseAnalysis,
    "cluster_decision": ClusterDecision,
    "measure": Measure,
    "measure_value": MeasureValue,
    "frozen_baseline": FrozenBaseline,
    "signal": Signal,
    "suggestion": Suggestion,
    "retention_rule": RetentionRule,
    "disclosure": Disclosure,
    "process_map": ProcessMap,
    "process_step": ProcessStep,
    "pin": Pin,
    "go_and_see": GoAndSee,
    "survey": Survey,
    "discrepancy": Discrepancy,
    "risk": Risk,
    "register_entry": RegisterEntry,
    "goal": Goal,
    "requirement": Requirement,
    "service_level": ServiceLevel,
    "boundary": Boundary,
    "decision": Decision,
    "escalation": Escalation,
    "escalation_step": EscalationStep,
    "escalation_tier": EscalationTier,
    "programme": Programme,
    "schedule": Schedule,
    "audit": Audit,
    "sample": Sample,
    "sample_item": SampleItem,
    "judgement": Judgement,
    "agreed_verdict": AgreedVerdict,
    "auditee_response": AuditeeResponse,
    "calibration_session": CalibrationSession,
    "calibration_rating": CalibrationRating,
    "effect_check": EffectCheck,
    "rotation": Rotation,
    "commitment": Commitment,
    "observation": Observation,
    "time_study": TimeStudy,
    "time_element": TimeElement,
    "time_reading": TimeReading,
    "route": Route,
    "route_stop": RouteStop,
    "governance_body": GovernanceBody,
    "body_member": BodyMember,
    "meeting": Meeting,
    "pattern": Pattern,
    "transfer": Transfer,
}

NAMES: dict[type[Record], str] = {noun: name for name, noun in NOUNS.items()}

BLOB_FIELDS: dict[str, tuple[str, ...]] = {
    "template": ("source", "xform", "repaired", "overlay", "files"),
    "evidence": ("sha256",),
    "report": ("sha256",),
    "complaint_lot": ("rows",),
    "complaint_review": ("drawn",),
    "sample": ("frame",),
}
"""Fields that name kept bytes by their SHA-256, alone or by name; a pack is complete only with all of them."""

PERSONAL_FIELDS: dict[str, frozenset[str]] = {
    "person": frozenset({"name"}),
    "answer": frozenset({"value", "note"}),
    "evidence": frozenset({"name", "marks", "taken_at"}),
    "finding": frozenset({"text", "contained", "similar_note"}),
    "action": frozenset(
        {"text", "owner", "proof", "waits_for", "verification", "similar_note", "reopened_because", "snoozed_because"}
    ),
    "conclusion": frozenset({"summary"}),
    "report": frozenset({"name"}),
    "complaint": frozenset(
        {
            "customer",
            "contact",
            "words",
            "summary",
            "remedy_sought",
            "redacted_words",
            "owner",
            "answer",
            "similar_note",
            "more",
        }
    ),
    "clock_pause": frozenset({"reason"}),
    "complaint_review": frozenset({"summary"}),
    "cluster_decision": frozenset({"reason"}),
    "cause_analysis": frozenset({"problem", "contained", "whys", "heads", "escape", "steps"}),
    "signal": frozenset({"reason"}),
    "disclosure": frozenset({"about"}),
    "process_map": frozenset({"owner"}),
    "process_step": frozenset({"owner", "evidence"}),
    "pin": frozenset({"text"}),
    "go_and_see": frozenset({"question", "seen"}),
    "discrepancy": frozenset({"explanation"}),
    "risk": frozenset({"owner"}),
    "register_entry": frozenset({"title", "owner", "fields"}),
    "goal": frozenset({"owner"}),
    "requirement": frozenset({"owner"}),
    "service_level": frozenset({"owner"}),
    "decision": frozenset({"title", "why", "effect"}),
    "escalation": frozenset(
        {"title", "tried", "asked", "customer_side", "other_side", "owner", "next_step", "outcome"}
    ),
    "escalation_step": frozenset({"owner", "text"}),
    "audit": frozenset({"independent_because"}),
    "judgement": frozenset({"evidence_for", "evidence_against", "exception", "note"}),
    "agreed_verdict": frozenset({"reason", "exception"}),
    "auditee_response": frozenset({"text", "outcome_reason"}),
    "calibration_session": frozenset({"cases", "learned"}),
    "calibration_rating": frozenset({"note"}),
    "effect_check": frozenset({"note"}),
    "rotation": frozenset({"focus", "note"}),
    "commitment": frozenset({"said", "text", "to", "outcome"}),
    "observation": frozenset({"text", "question", "answer", "coaching"}),
    "time_study": frozenset({"note"}),
    "meeting": frozenset({"agenda", "present", "minutes", "decided"}),
    "pattern": frozenset({"owner"}),
    "transfer": frozenset({"adapted", "stopped_because"}),
}
"""Fields in which something of a person may stand: what an erasure takes out. All others stay, so that counts do."""

BIRTH_MARKS: dict[str, frozenset[str]] = {
    "decision": frozenset({"recorded_at", "person"}),
    "escalation": frozenset({"number", "raised_at", "due_at", "person"}),
    "escalation_step": frozenset({"happened_at", "due_at", "person"}),
}
"""Of records whose uid follows from what they are about, so that several may make the same one: fields that only say
who wrote it down, when, and under which number. They differ, the latest stands, and no person has to settle that."""

IN_LOTS = frozenset({"complaint"})
"""Nouns whose records may come in lots, without an operation of their own (`gemba.store.lots`)."""


def blobs_in(value: str | Mapping[str, str] | None) -> set[str]:
    """The SHA-256 that the value of such a field names."""
    named = value.values() if isinstance(value, Mapping) else [value]
    return {each for each in named if each}


def blobs_of(noun: str, values: Mapping[str, Any]) -> set[str]:
    """The SHA-256 of all kept bytes that these fields of a noun name."""
    return {sha256 for field in BLOB_FIELDS.get(noun, ()) for sha256 in blobs_in(values.get(field))}
