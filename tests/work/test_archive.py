"""The archive of closed work: what is in it, and what shows what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.work.following import complaint, keep
from tests.work.registering import entry, measure
from tests.work.spreading import carry, found, later_desk, look, sites, speak, verified

from gemba.domain.actions import Action, ActionSort
from gemba.domain.effects import EffectResult
from gemba.domain.patterns import Transfer
from gemba.errors import Refusal
from gemba.store.archive_lists import ARCHIVE
from gemba.store.list_of import Query
from gemba.work import baselines, follow_action, patterns, transfers
from gemba.work.archive import archive_facts, pilots
from gemba.work.archive_sheet import archive_pdf
from gemba.work.desk import Desk
from gemba.work.pattern_from_action import draft_from
from gemba.work.photo_pairs import add_after


def listed(desk: Desk, search: str = "", **where: str) -> list[tuple[str, str]]:
    with desk.reader() as reader:
        asked = Query(search=search, where={name: (value,) for name, value in where.items()})
        assert ARCHIVE.count(reader, asked) == len(ARCHIVE.keys(reader, asked))
        return [(one.what, one.text) for one in ARCHIVE.first(reader, asked)]


def test_only_what_is_over_is_in_it(desk: Desk) -> None:
    home, mill, _ = sites(desk)
    finding = found(desk, home)
    due = desk.clock().date()
    kinds = {sort: follow_action.add(desk, finding, text=sort.value, owner="Lead", due=due, sort=sort).uid
             for sort in ActionSort}  # fmt: skip
    assert listed(desk) == []
    for uid in kinds.values():
        follow_action.done(desk, uid, "It is done.")
    assert listed(desk) == [("correction", "correction")]
    with pytest.raises(Refusal, match="archive_open"):
        archive_facts(desk, kinds[ActionSort.CORRECTIVE])
    origin = verified(desk, finding, "Open a second counter.")
    pattern = patterns.add(desk, draft_from(desk, origin)).uid
    one = carry(desk, pattern, mill)
    transfers.stop(desk, one, "There is no room for it.")
    assert sorted(listed(desk)) == [
        ("correction", "correction"),
        ("improvement", "Open a second counter."),
        ("transfer", listed(desk, what="transfer")[0][1]),
    ]
    assert ("improvement", "Open a second counter.") in listed(desk, "second")
    assert len(listed(desk, place=mill)) == 1
    facts = archive_facts(desk, one)
    assert (facts.what, facts.state and facts.state.value) == ("transfer", "stopped")
    assert facts.pattern is not None
    assert ("Stopped because", "There is no room for it.") in facts.told


def test_the_outcome_is_the_chart_before_and_after_with_its_frozen_baseline(
    desk: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    speak(desk)
    home, *_ = sites(desk)
    waits = measure(desk, "waits", [24.0, 25, 23, 24, 26, 22, 24, 25, 23, 24, 26, 22, 24, 25, 9, 8, 10, 9])
    baselines.freeze(desk, waits, reason="Before the second counter", ends=date(2025, 10, 31))
    action = verified(desk, found(desk, home))
    add_after(desk, action, queue_photo, "after.jpg")
    draft = draft_from(desk, action)
    patterns.add(desk, msgspec.structs.replace(draft, links=(*draft.links, f"measure:{waits}")))
    with desk.unit() as unit:
        unit.change(Action, action, live_on=date(2025, 11, 1))
    facts = archive_facts(desk, action)
    (one,) = facts.outcomes
    assert (len(one.before), one.after) == (14, (9.0, 8.0, 10.0, 9.0))
    assert one.words.startswith("Before: 24.1 on average (n = 14); after: 9 (m = 4)")
    assert "Before the second counter" in one.baseline
    assert any(phase.title == "Live" for phase in one.chart.phases)
    assert any(phase.frozen for phase in one.chart.phases)
    assert [pair.after.name for pair in facts.pairs if pair.after] == ["after.jpg"]
    out = tmp_path / "closed.pdf"
    assert archive_pdf(desk, action, out).pages >= 1


def test_without_a_measure_complaints_of_the_same_are_counted_and_few_points_are_not_compared(desk: Desk) -> None:
    desk, clock = later_desk(desk)
    speak(desk)
    home, *_ = sites(desk)
    keep(desk, *(complaint(desk, 30 + 7 * at, place=home, step="counter", cause="capacity") for at in range(8)))
    action = verified(desk, found(desk, home))
    look(desk, clock, action, EffectResult.HOLDS)
    (one,) = archive_facts(desk, action).outcomes
    assert one.title == "Complaints of the same step and cause"
    assert "No baseline was frozen" in one.baseline
    assert (len(one.before) >= 7, one.after) == (True, ())
    assert "too few to compare" in one.words


def test_pilots_that_are_over_are_in_it(desk: Desk) -> None:
    home, *_ = sites(desk)
    waits = measure(desk, "waits", [24.0, 25, 23, 24, 9, 8])
    begins = desk.clock().date() - timedelta(days=90)
    said = {"hypothesis": "Waits fall.", "where": "One branch", "stop_rule": "Waits rise.", "risk_limit": "None",
            "outcome": f"measure:{waits}", "begins": begins.isoformat(), "ends": "2026-02-28"}  # fmt: skip
    running = entry(desk, "pilot", "Tickets", "running", place=home, **said)
    with pytest.raises(Refusal, match="archive_open"):
        archive_facts(desk, running)
    over = entry(desk, "pilot", "Second counter", "done", place=home, **said, result="Minus 14.", verdict="adopt")
    with desk.reader() as reader:
        assert [(one.title, one.verdict) for one in pilots(reader, "COUNTER minus")] == [("Second counter", "Adopt")]
        assert pilots(reader, "unheard-of") == ()
    facts = archive_facts(desk, over)
    assert ("Verdict", "Adopt") in facts.told
    assert facts.outcomes[0].title == "Waits"


def test_what_is_unknown_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="unknown_record"):
        archive_facts(desk, "nowhere")
    with desk.reader() as reader:
        assert reader.find(Transfer) == []
