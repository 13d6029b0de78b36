"""Derived views of registers: what follows from other records, in figures, words and drawings."""

from __future__ import annotations

import msgspec
import pytest
from tests.work.following import keep
from tests.work.registering import everything

from gemba.domain.follow_through import RegisterEntry
from gemba.errors import Refusal
from gemba.kinds.registers.registry import ALL
from gemba.reports.sheet_facts import Drawing, Table
from gemba.work.desk import Desk
from gemba.work.register_facts import entries
from gemba.work.register_view import Asked
from gemba.work.register_views import VIEWS, gaps, view, write_proposed

EACH = pytest.mark.parametrize("code", list(VIEWS))


@EACH
def test_a_view_of_an_empty_store_says_what_to_do(desk: Desk, code: str) -> None:
    found = view(desk, code)
    assert found.register == code
    assert code in ALL
    assert found.parts
    assert found.proposals == ()
    assert not any(isinstance(part, Drawing) for part in found.parts)


@EACH
def test_a_view_is_drawn_with_a_table_beside_it(desk: Desk, code: str) -> None:
    everything(desk)
    found = view(desk, code)
    drawings = [part.picture for part in found.parts if isinstance(part, Drawing)]
    tables = [part for part in found.parts if isinstance(part, Table)]
    assert tables
    assert all(len(row) == len(table.titles) == len(table.shares) for table in tables for row in table.rows)
    assert all(174 - sum(table.shares) - 3 * (len(table.shares) - 1) >= 30 for table in tables), "room for the names"
    assert drawings or code in {"ownership", "exception_standard"}
    for picture in drawings:
        assert picture.spoken
        assert picture.height < 230, "it has room on one page"
    assert msgspec.json.decode(msgspec.json.encode(found))["register"] == code


def test_what_is_proposed_is_written_once(desk: Desk) -> None:
    everything(desk)
    before = len(entries(desk, "metric_audit"))
    keys = [one.key for one in view(desk, "metric_audit").proposals]
    assert len(keys) == 6
    assert len(write_proposed(desk, "metric_audit", ["noise"])) == 1
    assert len(write_proposed(desk, "metric_audit")) == 5
    assert len(entries(desk, "metric_audit")) == before + 6
    assert view(desk, "metric_audit").proposals == ()
    with pytest.raises(Refusal, match="proposal_unknown"):
        write_proposed(desk, "metric_audit", ["noise"])


@EACH
def test_everything_that_is_proposed_can_be_written(desk: Desk, code: str) -> None:
    everything(desk)
    proposed = view(desk, code).proposals
    assert len(write_proposed(desk, code)) == len(proposed)
    assert view(desk, code).proposals == ()


def test_what_is_found_wanting_is_told_by_register(desk: Desk) -> None:
    everything(desk)
    found = gaps(desk)
    assert set(found) == set(VIEWS)
    assert {gap.code for gap in found["ownership"]} == {"no_owner", "two_owners"}
    assert gaps(desk, "ownership") == {"ownership": found["ownership"]}


def test_what_is_refused(desk: Desk) -> None:
    for code, error in (("trade_off", "register_without_view"), ("trade_offs", "register_unknown")):
        with pytest.raises(Refusal, match=error):
            view(desk, code)
    with pytest.raises(Refusal, match="correlate_lag"):
        view(desk, "metric_audit", Asked(lags=-1))
    with pytest.raises(Refusal, match="unknown_record"):
        view(desk, "metric_audit", Asked(outcome="nobody"))


@EACH
def test_what_another_program_wrote_otherwise_is_in_no_view(desk: Desk, code: str) -> None:
    everything(desk)
    before = view(desk, code).facts
    for fields, state in (({}, "gone"), ({"level": "many", "seen_on": "soon", "weight": "x", "quarter": "?"}, "")):
        made = RegisterEntry(
            uid=desk.ids(), register=code, number="E-X", title="Odd", state=state or ALL[code].first, fields=fields,
            made_at=desk.clock(), changed_at=desk.clock(), person=desk.person.uid,
        )  # fmt: skip
        keep(desk, made)
    after = view(desk, code).facts
    if code != "exception_standard":  # what decisions follow is told whatever its entry is like
        assert msgspec.to_builtins(after) == msgspec.to_builtins(before)
    gaps(desk)


def test_links_to_what_is_not_here_are_told(desk: Desk) -> None:
    everything(desk)
    gone = {"measure": "measure:gone", "subject": "goal:gone", "step": "process_step:gone", "first": "measure:gone",
            "journey_step": "process_step:gone", "evidence_1": "goal:gone"}  # fmt: skip
    for one in entries(desk):
        with desk.unit() as unit:
            unit.change(RegisterEntry, one.uid, fields=one.fields | {k: v for k, v in gone.items() if k in one.fields})
    for code in VIEWS:
        assert view(desk, code).parts
    assert "not here" in str(view(desk, "composite_metric").gaps[0].words)
