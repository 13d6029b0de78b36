from __future__ import annotations

import pytest
from tests.conftest import reopen
from tests.work.auditing import promise
from tests.work.drifting import Organisation

QUARTER = "2025-Q4"


@pytest.fixture
def world(shell, prepared_store, ticking):
    """Audits that were concluded before the shell begins."""
    desk = reopen(shell.store, prepared_store[1], ticking)
    made = Organisation(desk)
    made.judged(made.harbour, "a" * 40 + "cc", quarter=QUARTER)
    made.judged(made.market, "a" * 4 + "c" * 16, quarter=QUARTER)
    adapted = promise(desk, "told", core=made.goals["told"], place=made.south, reason="The boat comes weekly.")
    made.judged(made.place("Quay", parent=made.south), "aaaaaaa", goal=adapted, quarter=QUARTER)
    desk.store.close()
    return made


def test_rates_are_told_by_every_group(shell, world):
    for by, first in (("goal", "Goal told"), ("site", "Harbour"), ("region", "North"), ("quarter", QUARTER)):
        found = shell.ok("drift", "--by", by)
        assert found["groups"][0]["title"] == first
    said = shell("drift", "--by", "site")
    assert said.code == 0
    assert "All together" in said.out
    refused = shell("drift", "--by", "weather")
    assert (refused.code, refused.out) == (2, "")
    assert "weather" in refused.err


def test_every_view_has_its_command(shell, world, tmp_path):
    assert shell.ok("drift", "funnel")["points"]
    assert shell.ok("drift", "auditors")["auditors"][0]["key"] == ""
    assert shell.ok("drift", "causes")["departures"] == 18
    assert shell.ok("drift", "changes", "--quarter", QUARTER)["groups"][0]["verdict"] == "few"
    assert shell.ok("drift", "trend", "--quarter", "2025q4")["goals"][0]["goal"] == "told"
    assert shell.ok("drift", "weighted") == []
    records = shell.ok("drift", "records", "--place", "Market", "--verdict", "contrary")
    assert len(records) == 16
    for command in ("funnel", "auditors", "causes", "changes", "trend", "weighted", "records"):
        said = shell("drift", command)
        assert (said.code, bool(said.out)) == (0, True)
    for ending in ("png", "csv", "pdf"):
        out = tmp_path / f"heat.{ending}"
        assert shell.ok("drift", "heatmap", "--out", out)["file"] == str(out)
        assert out.stat().st_size > 100
    assert shell("drift", "heatmap", "--out", tmp_path / "heat.doc").code == 2
    assert shell("drift", "records", "--verdict", "good").code == 2
    assert shell("drift", "--quarter", "spring").code == 2
    assert shell("drift", "--goal", "nonsense").code == 2


def test_places_are_compared_or_refused_with_the_reason(shell, world):
    (one,) = shell.ok("benchmark", "Harbour", "Market")["comparisons"]
    assert [line["title"] for line in one["lines"]] == ["Harbour", "Market"]
    assert "Rank" in shell("benchmark", "Harbour", "Market").out
    refused = shell("benchmark", "Harbour", "Quay")
    assert refused.code == 2
    assert "The boat comes weekly." in refused.err
    assert shell("benchmark", "Harbour").code == 2
    assert shell("benchmark", "Harbour", "Market", "--template", "nonsense").code == 2


def test_reports_of_a_quarter(shell, world, tmp_path):
    out = tmp_path / "alignment.pdf"
    made = shell.ok("report", "alignment", QUARTER, "--out", out)
    assert made["number"] == f"{QUARTER}-01"
    assert out.read_bytes()[:4] == b"%PDF"
    review = shell("report", "management-review", QUARTER, "--out", tmp_path / "review.pdf", "--no-names")
    assert review.code == 0, review.err
    assert "SHA-256" in review.out
    assert shell("report", "alignment", "spring", "--out", out).code == 2
