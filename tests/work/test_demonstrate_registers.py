"""The registers of the demonstration: every view has something to show."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import new_uid, ticking_clock

from gemba.reports.sheet_facts import Table
from gemba.work.demonstrate import make_demo_store
from gemba.work.register_views import VIEWS, view


def test_every_view_has_something_to_show(tmp_path: Path) -> None:
    desk = make_demo_store(tmp_path / "demo", clock=ticking_clock(), ids=new_uid)
    try:
        for code in VIEWS:
            found = view(desk, code)
            assert any(part.rows for part in found.parts if isinstance(part, Table)), code
        audited = {one.code: one for one in view(desk, "metric_audit").facts.measures}
        assert (audited["first-visit"].moves.verdict, audited["first-visit"].recalibrate) == ("together", "due")
        assert audited["talks"].moves.verdict == "trade_off"
    finally:
        desk.store.close()
