"""What an export of answers leaves in the store, field by field, with the reason. It is printed with every export."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gemba.wording import text


class Left(msgspec.Struct, frozen=True):
    """Something that stays in the store."""

    noun: str
    field: str
    """Empty for the whole noun."""
    reason: str


_OF_COMPLAINTS = (
    *("vocabulary", "intake", "complaint_lot", "complaint", "clock_pause", "clock_target", "complaint_review"),
    *("cause_analysis", "cluster_decision", "measure", "measure_value", "frozen_baseline", "signal", "suggestion"),
    *("retention_rule", "disclosure", "process_map", "process_step", "pin", "survey", "discrepancy", "risk"),
    "register_entry",
)
"""Nouns that belong to no assessment."""
_OF_AUDITS = (
    *("goal", "requirement", "service_level", "boundary", "decision", "escalation", "escalation_step"),
    *("escalation_tier", "programme", "schedule", "audit", "sample", "sample_item", "judgement", "agreed_verdict"),
    *("auditee_response", "calibration_session", "calibration_rating"),
)
"""Nouns of alignment audits: tables of their own tell of them."""
_OF_IMPROVEMENT = (
    *("effect_check", "rotation", "commitment", "observation", "time_study", "time_element", "time_reading"),
    *("route", "route_stop", "governance_body", "body_member", "meeting", "pattern", "transfer"),
)
"""Nouns of what follows from findings."""


def told(left: Sequence[Left]) -> list[tuple[str, str]]:
    """What stays in the store, in words: of one reason all that it holds for."""
    found: dict[str, list[str]] = {}
    for one in left:
        found.setdefault(one.reason, []).append(f"{one.noun} {one.field}".replace("_", " ").strip())
    return [(", ".join(names), reason) for reason, names in found.items()]


def left_out(format_: str, *, media: bool) -> tuple[Left, ...]:
    """What an export in this format does not hold.

    Args:
        format_: "csv", "xlsx" or "openrosa".
        media: whether copies of photos and files go along.
    """
    found = [
        Left("answer", "uid", text("it follows from the assessment and the path")),
        Left("bank_item", "", text("the question bank belongs to no assessment")),
        Left("erasure", "", text("what was erased is gone; who ordered it stands in the store and in packs")),
        Left("settlement", "", text("how conflicts were settled stands in the store and in packs")),
        *(
            Left(noun, "", text("it belongs to no assessment; export complaints by themselves"))
            for noun in _OF_COMPLAINTS
        ),
        *(
            Left(noun, "", text("it belongs to alignment audits; their lists are exported by themselves"))
            for noun in _OF_AUDITS
        ),
        *(
            Left(noun, "", text("it is followed beyond the assessment; its lists are exported by themselves"))
            for noun in _OF_IMPROVEMENT
        ),
        Left("device", "", text("names and keys of laptops are nobody's answers")),
        Left("journal", "", text("who changed what and when stays in the journal, sealed in packs")),
        Left("custody", "", text("what headquarters holds is told by the list of packs")),
    ]
    if format_ != "openrosa":
        found += [
            Left(
                "answer",
                "origin",
                text("it is told on the sheet of notes only; calculated answers stand in columns of their own"),
            ),
            Left("answer", "meta", text("entries such as instanceID are made for OpenRosa; export that to have them")),
        ]
    if format_ == "openrosa":
        found.append(
            Left(
                "answer", "hidden", text("what does not apply is not in the submission; it is in the record beside it")
            )
        )
    if not media:
        found.append(
            Left("evidence", "bytes", text("photos and files are named, not copied; ask for media to have them"))
        )
    else:
        found.append(
            Left(
                "evidence",
                "original",
                text("pictures go as copies with marks burned in, without place and camera unless the template asks"),
            )
        )
    return tuple(found)
