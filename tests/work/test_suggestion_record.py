from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.work.complaining import complain
from tests.work.labelling import with_causes

from gemba.domain.causes import CauseAnalysis, CauseDomain
from gemba.domain.suggestions import Suggestion
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.work import suggestion_record
from gemba.work.desk import Desk


def decided(desk: Desk, suggested: str, final: str, confidence: float = 0.9, month: int = 2) -> str:
    complaint = complain(desk, words="something", cause=final)
    with desk.unit() as unit:
        unit.put(
            Suggestion(
                uid=desk.ids(),
                complaint=complaint,
                facet=Facet.CAUSE,
                suggested=suggested,
                confidence=confidence,
                model="tfidf-linear 1, 60 labels",
                final=final,
                decided_at=datetime(2026, month, 3, tzinfo=UTC),
                person=desk.person.uid,
            )
        )
    return complaint


def analysed(desk: Desk, complaint: str, domain: CauseDomain) -> None:
    with desk.unit() as unit:
        unit.put(
            CauseAnalysis(
                uid=desk.ids(),
                number=unit.number(CauseAnalysis),
                complaint=complaint,
                problem="what is wrong",
                domain=domain,
                finished_at=desk.clock(),
                begun_at=desk.clock(),
                person=desk.person.uid,
            )
        )


def test_agreement_counts_what_was_suggested_and_what_was_not(desk: Desk):
    for suggested, final in (("fee", "fee"), ("fee", "delay"), ("delay", "delay"), ("", "delay")):
        decided(desk, suggested, final)
    with desk.reader() as reader:
        found = suggestion_record.agreed(reader, Facet.CAUSE)
    assert (found.n, found.suggested, found.right) == (4, 3, 2)
    assert found.confusion.labels == ("delay", "fee")


def test_the_days_of_deciding_narrow_it(desk: Desk):
    decided(desk, "fee", "fee", month=1)
    decided(desk, "fee", "delay", month=2)
    with desk.reader() as reader:
        found = suggestion_record.agreed(reader, Facet.CAUSE, date(2026, 2, 1), date(2026, 2, 28))
    assert (found.n, found.right) == (1, 0)


def test_what_was_decided_again_counts_once(desk: Desk):
    complaint = decided(desk, "fee", "fee")
    with desk.unit() as unit:
        first = unit.find(Suggestion)[0]
        fields = {name: getattr(first, name) for name in first.__struct_fields__}
        unit.put(Suggestion(**fields | {"uid": desk.ids(), "final": "delay", "decided_at": desk.clock()}))
    with desk.reader() as reader:
        found = suggestion_record.agreed(reader, Facet.CAUSE)
    assert complaint
    assert (found.n, found.right) == (1, 0)


def test_suggested_domains_are_compared_with_what_analyses_ended_on(desk: Desk):
    with_causes(desk)
    analysed(desk, decided(desk, "fee", "fee"), CauseDomain.POLICY)
    analysed(desk, decided(desk, "attitude", "attitude"), CauseDomain.PROCESS)
    decided(desk, "delay", "delay")
    with desk.reader() as reader:
        found = suggestion_record.against_analyses(reader)
    assert (found.agreement.n, found.share) == (2, 0.5)
    assert found.interval is not None
    assert found.interval.low < 0.5 < found.interval.high


def test_minutes_are_those_that_somebody_states(desk: Desk):
    for suggested, final in (("fee", "fee"), ("fee", "delay"), ("", "delay")):
        decided(desk, suggested, final)
    with desk.reader() as reader:
        found = suggestion_record.worth(reader, Facet.CAUSE, 2, 0.5)
    assert (found.decided, found.suggested, found.right, found.minutes) == (3, 2, 1, 1.0)
    assert [band[2:] for band in found.by_band] == [(2, 1)]


def test_nothing_suggested_yet_is_said(desk: Desk):
    with desk.reader() as reader:
        with pytest.raises(Refusal, match="no_suggestions"):
            suggestion_record.agreed(reader, Facet.STEP)
        with pytest.raises(Refusal, match="no_analysed"):
            suggestion_record.against_analyses(reader)
