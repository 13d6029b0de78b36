"""Analyse a cause: 5 whys that do not end on a person, Ishikawa for service, 8D-light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from gemba.domain.causes import CauseAnalysis, CauseDomain, CauseSort
from gemba.domain.change import Change
from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.complaints import Complaint
from gemba.domain.findings import Finding
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.codes import code_of
from gemba.work.desk import Desk
from gemba.work.draw_review import drawn_uids
from gemba.work.names_in_text import demand_nameless
from gemba.work.person_words import ends_on_person
from gemba.work.records import known

HEADS = ("people", "process", "policy", "place", "technology", "information", "customer")
"""Ishikawa's heads for service."""
STEPS = ("team", "chosen", "done", "prevented")
"""8D-light: who works on it, what was chosen, what was done, what keeps it from coming back anywhere."""
_CHANGEABLE = frozenset(
    {
        *("place", "step", "cause", "problem", "contained", "whys", "ends_on_person", "heads", "domain", "sort"),
        *("escape", "steps"),
    }
)


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a cause is looked for of; all may be left out, and of several all are linked."""

    complaint: Uid | None = None
    review: Uid | None = None
    """With step and cause: of one of its clusters."""
    finding: Uid | None = None
    place: Uid | None = None
    step: str = ""
    cause: str = ""


def begin(desk: Desk, problem: str, about: About | None = None) -> Change:
    """Begin an analysis; place, step and cause are taken over from the complaint or finding where they are not said.

    Raises:
        Refusal: the problem is empty, a record is unknown, or a code is not in its vocabulary.
    """
    if not problem.strip():
        raise Refusal("work.analysis_without_problem")
    about = about or About()
    with desk.unit() as unit:
        analysis = CauseAnalysis(
            uid=desk.ids(),
            number=unit.number(CauseAnalysis),
            complaint=about.complaint,
            review=about.review,
            finding=about.finding,
            problem=problem.strip(),
            begun_at=desk.clock(),
            person=desk.person.uid,
            **_place_and_codes(unit, about),
        )
        unit.put(analysis)
        return unit.change_made(analysis.uid)


def revise(desk: Desk, analysis: Uid, **said: Any) -> Change:
    """Change what an analysis says, as long as it is not finished.

    Args:
        desk: who does it, where.
        analysis: its uid.
        said: fields of `CauseAnalysis`; empty whys, heads and steps are dropped.

    Raises:
        Refusal: it is finished or unknown, the problem would be empty, or a head, step or code is not known.
    """
    strange = set(said) - _CHANGEABLE
    if strange:
        raise TypeError(f"not to be changed: {sorted(strange)}")
    with desk.unit() as unit:
        old = known(unit, CauseAnalysis, analysis)
        if old.finished_at is not None:
            raise Refusal("work.analysis_finished", number=old.number)
        fields = _clean(unit, said)
        if fields.get("problem") == "":
            raise Refusal("work.analysis_without_problem")
        unit.change(CauseAnalysis, analysis, **fields)
        return unit.change_made(analysis)


def finish(desk: Desk, analysis: Uid, *, are_no_names: bool = False) -> Change:
    """Finish an analysis: from now on it decides what its cluster is.

    Args:
        desk: who does it, where.
        analysis: its uid.
        are_no_names: somebody has looked at what may be names in it.

    Raises:
        Refusal: something is missing (`missing`), the whys end on a person, or what is systemic names people.
    """
    with desk.unit() as unit:
        old = known(unit, CauseAnalysis, analysis)
        if old.finished_at is not None:
            raise Refusal("work.analysis_finished", number=old.number)
        demand_whole(old)
        if old.sort is CauseSort.SYSTEM:
            demand_nameless(
                unit, _written(old), _complaints(desk, unit, old), are_no_names=are_no_names, beginnings=True
            )
        unit.change(CauseAnalysis, analysis, finished_at=desk.clock())
        return unit.change_made(analysis)


def reopen(desk: Desk, analysis: Uid) -> Change:
    """Take back that an analysis is finished, to go on with it."""
    with desk.unit() as unit:
        known(unit, CauseAnalysis, analysis)
        unit.change(CauseAnalysis, analysis, finished_at=None)
        return unit.change_made(analysis)


def on_person(analysis: CauseAnalysis) -> bool:
    """Whether the last why ends on a person: somebody said so, or its words do."""
    return analysis.ends_on_person or bool(analysis.whys and ends_on_person(analysis.whys[-1]))


def demand_whole(analysis: CauseAnalysis) -> None:
    """Demand everything that a finished analysis has.

    Raises:
        Refusal: what is missing first.
    """
    if not analysis.problem:
        raise Refusal("work.analysis_without_problem")
    if not analysis.whys and not analysis.heads:
        raise Refusal("work.analysis_without_why")
    if on_person(analysis):
        raise Refusal("work.why_ends_on_person", why=analysis.whys[-1] if analysis.whys else "")
    if analysis.domain is CauseDomain.NONE:
        raise Refusal("work.analysis_without_domain")
    if analysis.sort is CauseSort.OPEN:
        raise Refusal("work.analysis_without_sort")


def _place_and_codes(reader: Reader, about: About) -> dict[str, Any]:
    """Place, step and cause: as said, else those of the complaint, else those of the finding."""
    complaint = known(reader, Complaint, about.complaint) if about.complaint else None
    finding = known(reader, Finding, about.finding) if about.finding else None
    if about.review:
        known(reader, ComplaintReview, about.review)
    found: dict[str, Any] = {"place": about.place, "step": about.step, "cause": about.cause}
    for record in (complaint, finding):
        if record is not None:
            found = {name: value or getattr(record, name) for name, value in found.items()}
    if found["place"]:
        known(reader, Place, found["place"])
    return {
        "place": found["place"] or None,
        "step": code_of(reader, Facet.STEP, found["step"]),
        "cause": code_of(reader, Facet.CAUSE, found["cause"]),
    }


def _clean(unit: Unit, said: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    if "whys" in fields:
        fields["whys"] = _lines(fields["whys"])
    for name, allowed in (("heads", HEADS), ("steps", STEPS)):
        if name in fields:
            fields[name] = _named(fields[name], allowed)
    for facet in (Facet.STEP, Facet.CAUSE):
        if facet.value in fields:
            fields[facet.value] = code_of(unit, facet, fields[facet.value])
    if "place" in fields:
        fields["place"] = fields["place"] or None
    for name, words in (("domain", CauseDomain), ("sort", CauseSort)):
        if name in fields:
            fields[name] = words(fields[name])
    return fields


def _lines(whys: Sequence[str]) -> tuple[str, ...]:
    return tuple(why.strip() for why in whys if why.strip())


def _named(said: Mapping[str, str], allowed: Sequence[str]) -> dict[str, str]:
    strange = sorted(set(said) - set(allowed))
    if strange:
        raise Refusal("work.unknown_head", head=strange[0], known=", ".join(allowed))
    return {name: said[name].strip() for name in allowed if said.get(name, "").strip()}


def _written(analysis: CauseAnalysis) -> list[str]:
    """All that is written in it, but who works on it."""
    steps = [words for name, words in analysis.steps.items() if name != "team"]
    return [analysis.problem, analysis.contained, *analysis.whys, *analysis.heads.values(), analysis.escape, *steps]


def _complaints(desk: Desk, reader: Reader, analysis: CauseAnalysis) -> list[Uid]:
    """Complaints whose customers it must not name."""
    found = [analysis.complaint] if analysis.complaint else []
    review = reader.get(ComplaintReview, analysis.review) if analysis.review else None
    return found + (drawn_uids(desk, review) if review is not None else [])
