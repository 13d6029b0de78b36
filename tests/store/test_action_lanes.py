"""The board is read from its indexes: no action is looked up to tell whether it is on it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from gemba.domain.actions import Lane
from gemba.store import action_lanes

SINCE = date(2026, 1, 1)
WHERE = [
    {},
    {"owner": "Ana"},
    {"place": "00000000-0000-7000-8000-000000000001"},
    {"goal": "-"},
    {"goal": "00000000-0000-7000-8000-000000000002", "older": "60", "late": "yes"},
    {"owner": "Ana", "place": "00000000-0000-7000-8000-000000000001", "resting": "yes"},
]


@pytest.mark.parametrize("where", WHERE, ids=lambda where: "+".join(where) or "all")
def test_every_question_is_answered_from_an_index(store, where) -> None:
    asked = []
    where = {"resting": "no", **where}
    with store.reader() as reader:
        event.listen(reader.connection, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
        action_lanes.counted(reader, where)
        action_lanes.first(reader, Lane.TODO, where, 25)
        action_lanes.done_since(reader, SINCE, where, 25)
        action_lanes.count_done_since(reader, SINCE, where)
        for by in ("owner", "place", "goal"):
            action_lanes.counted_apart(reader, by, where)
            action_lanes.count_done_apart(reader, by, SINCE, where)
        plans = [
            row[3]
            for words, given in list(asked)
            if "FROM action" in words
            for row in reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given)
            if "action" in row[3]
        ]
    assert len(plans) == 10
    assert all("USING COVERING INDEX ix_action_" in plan for plan in plans)
