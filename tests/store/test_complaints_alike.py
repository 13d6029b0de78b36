"""The list of complaints says the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gemba.domain.complaint_clock import ClockState
from gemba.domain.complaints import Complaint, ComplaintState, Severity
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.store.complaint_clocks import how_many_run_out, running, running_out
from gemba.store.complaint_lists import COMPLAINTS
from gemba.store.lists import Query
from gemba.store.record_history import history

pytestmark = pytest.mark.on_both


@pytest.fixture
def full(store: Any, records: Any) -> Any:
    """Twenty complaints that differ in all that one may sort and filter by."""
    records.begin(store)
    now = records.time()
    with store.unit(records.person.uid) as unit:
        codes = {"terms": {"slow": "Slow"}, "crosswalk": {"delay": "slow"}}
        for version, more in ((1, {"terms": {"delay": "Delay", "fee": "Fee"}}), (2, codes)):
            unit.put(
                Vocabulary(
                    uid=records.uid(),
                    facet=Facet.CAUSE,
                    version=version,
                    released_at=now,
                    person=records.person.uid,
                    **more,
                )
            )
        first = records.uid()
        for n in range(20):
            told = now - timedelta(hours=n) if n % 5 == 0 else None
            unit.put(
                Complaint(
                    uid=first if n == 0 else records.uid(),
                    number=f"K-{n:02d}",
                    source="CRM" if n % 2 else "",
                    received_at=now - timedelta(hours=10 * (n % 7)),
                    place=records.place.uid if n % 3 else None,
                    cause=("delay", "slow", "fee")[n % 3],
                    severity=list(Severity)[n % 4],
                    words=f"The queue was long and I waited {'again ' * n}",
                    state=ComplaintState.TOLD if told else ComplaintState.ASSESSED,
                    told_at=told,
                    due_at=now + timedelta(hours=n - 6) if n % 4 else None,
                    paused=n % 7 == 3,
                    duplicate_of=first if n == 9 else None,
                    recorded_at=now,
                    person=records.person.uid,
                )
            )
    return store


@pytest.mark.parametrize("descending", [False, True])
def test_pages_are_the_keys(full: Any, descending: bool) -> None:
    with full.reader() as reader:
        for sort in COMPLAINTS.sorts:
            query = Query(sort=sort, descending=descending)
            page = COMPLAINTS.first(reader, query, 3)
            found = [line.id for line in page]
            while page:
                page = COMPLAINTS.after(reader, query, page[-1], 3)
                found += [line.id for line in page]
            assert found == list(COMPLAINTS.keys(reader, query)), sort
            assert len(found) == 20


def test_clocks_codes_links_and_words(full: Any, records: Any) -> None:
    with full.reader() as reader:
        lines = {line.number: line for line in COMPLAINTS.first(reader, Query())}
        for state in ClockState:
            found = COMPLAINTS.first(reader, Query(where={"clock": (state.value,)}))
            expected = set() if state is ClockState.NONE else {n for n, one in lines.items() if one.clock is state}
            assert {line.number for line in found} == expected
        slow = COMPLAINTS.first(reader, Query(where={"cause": ("slow",)}))
        assert {line.cause for line in slow} == {"delay", "slow"}
        assert dict(COMPLAINTS.choices(reader, "cause"))["slow"] == len(slow)
        assert [line.number for line in COMPLAINTS.first(reader, Query(where={"linked": ("yes",)}))] == ["K-09"]
        assert len(COMPLAINTS.first(reader, Query(search="aga", sort="received_at", descending=True))) == 19
        assert COMPLAINTS.choices(reader, "place") == [(records.place.uid, 13)]
        soon = records.time() + timedelta(hours=24)
        assert how_many_run_out(reader, soon) == len(running_out(reader, soon))
        assert len(running(reader)) == 16
        assert reader.beginning(Complaint, "number", "K-1")[0].number == "K-10"
        assert len(history(reader, "complaint", lines["K-09"].uid)) == 1
