"""What a judgement lacks: held for everything that can be said."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.decisions import Decision
from gemba.domain.judgements import AlignmentVerdict, Confidence, Constraint
from gemba.work.judgement_rules import NEEDS_CONSTRAINT, Said, lacking

DECIDED = date(2026, 2, 3)
DECISION = Decision(
    uid="d",
    number="D-1",
    title="No refund without the receipt",
    role="Branch lead",
    place="p",
    decided_on=DECIDED,
    recorded_at=datetime(2026, 2, 3, tzinfo=UTC),
    person="x",
)
words = st.sampled_from(["", "  ", "\n", "The letter", "ل"])
said = st.builds(
    Said,
    verdict=st.sampled_from(AlignmentVerdict),
    evidence_for=words,
    evidence_against=words,
    constraint=st.sampled_from(Constraint),
    confidence=st.sampled_from(Confidence),
    exception=words,
    exception_until=st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    note=words,
)


@given(said, st.booleans())
def test_what_is_whole_has_everything_that_its_verdict_needs(told, has_files):
    if lacking(DECISION, told, has_files=has_files) is not None:
        return
    if told.verdict is AlignmentVerdict.CANNOT_TELL:
        assert told.note.strip()
    else:
        assert has_files or told.evidence_for.strip() or told.evidence_against.strip()
    if told.verdict in NEEDS_CONSTRAINT:
        assert told.constraint is not Constraint.NONE
    has_exception = bool(told.exception.strip())
    assert has_exception is (told.exception_until is not None)
    if has_exception:
        assert told.verdict in NEEDS_CONSTRAINT
        assert told.exception_until >= DECIDED


@given(said, st.booleans())
def test_what_lacks_nothing_still_lacks_nothing_with_more_evidence(told, has_files):
    if lacking(DECISION, told, has_files=has_files) is None:
        assert lacking(DECISION, told, has_files=True) is None


@given(st.sampled_from(AlignmentVerdict), st.sampled_from(list(Constraint)[1:]))
def test_every_verdict_can_be_given(verdict, constraint):
    told = Said(verdict=verdict, evidence_for="Seen", constraint=constraint, note="Seen")
    assert lacking(DECISION, told, has_files=False) is None
