"""A report on a customer's file, without what tells of the customer."""

from __future__ import annotations

from msgspec.structs import replace

from gemba.domain.complaints import Complaint
from gemba.domain.record import Uid
from gemba.methods.text.personal import redacted
from gemba.reports.facts import AssessmentFacts, FindingFacts, LineFacts, ObservationFacts
from gemba.store.reading import Reader


def without_customer(reader: Reader, facts: AssessmentFacts, subject: Uid) -> AssessmentFacts:
    """The facts of a report with names, addresses and numbers taken out of all that somebody typed.

    Args:
        reader: of the store.
        facts: of the report.
        subject: what was looked at; facts of what is no complaint stay as they are.
    """
    complaint = reader.get(Complaint, subject) if subject else None
    if complaint is None:
        return facts
    names = (complaint.customer,) if complaint.customer else ()

    def hidden(said: str) -> str:
        return redacted(said, names=names)

    def line(one: LineFacts) -> LineFacts:
        return replace(one, answer=hidden(one.answer), note=hidden(one.note))

    def finding(one: FindingFacts) -> FindingFacts:
        actions = tuple(replace(action, text=hidden(action.text)) for action in one.actions)
        return replace(one, text=hidden(one.text), actions=actions)

    def observation(one: ObservationFacts) -> ObservationFacts:
        words = {name: hidden(getattr(one, name)) for name in ("text", "asked", "question", "answer", "coaching")}
        return replace(one, **words)

    return replace(
        facts,
        title=hidden(facts.title),
        sections=tuple(replace(each, lines=tuple(map(line, each.lines))) for each in facts.sections),
        findings=tuple(map(finding, facts.findings)),
        stops=tuple(replace(each, observations=tuple(map(observation, each.observations))) for each in facts.stops),
        summary=hidden(facts.summary),
    )
