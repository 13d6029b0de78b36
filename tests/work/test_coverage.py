from __future__ import annotations

from datetime import date

import pytest
from tests.work.auditing import decide, judge, plan_audit, promise

from gemba.domain.places import Level
from gemba.domain.programmes import Programme
from gemba.errors import Refusal
from gemba.work import programmes
from gemba.work.coverage import cell_words, coverage, heads, rows
from gemba.work.desk import Desk
from gemba.work.places import add_place

QUARTER = "2026-Q1"


@pytest.fixture
def regions(desk: Desk) -> dict[str, str]:
    return {name: add_place(desk, name, level=Level.REGION).uid for name in ("North", "South")}


def test_goals_by_region_with_the_last_quarter_and_the_plan(desk: Desk, regions: dict[str, str]) -> None:
    add_place(desk, "Whole firm", level=Level.ENTERPRISE)
    north, south = (add_place(desk, f"Site {name}", parent=uid).uid for name, uid in regions.items())
    told, local = promise(desk, "told"), promise(desk, "local", place=regions["South"])
    adapted = promise(desk, "told", core=told, place=regions["South"])
    for quarter, day in (("2025-Q3", date(2025, 8, 1)), ("2025-Q4", date(2025, 11, 1))):
        audit = plan_audit(desk, south, quarter, state="concluded")
        judge(desk, audit, decide(desk, south, day), adapted, handed_in_at=desk.clock())
    unfinished = plan_audit(desk, north, "2025-Q4", state="open")
    judge(desk, unfinished, decide(desk, north, date(2025, 11, 2)), told)
    del local
    with desk.reader() as reader:
        found = coverage(reader, QUARTER)
    assert [name for _, name in found.regions] == ["North", "South"]
    assert [code for code, _ in found.goals] == ["local", "told"]
    (local_north, local_south), (told_north, told_south) = found.cells
    assert (told_south.judged, told_south.last) == (2, "2025-Q4")
    assert (told_north.judged, told_north.planned) == (0, 1), "what is open is planned, and not yet covered"
    assert (local_north.holds, local_south.holds) == (False, True)
    assert found.gaps() == 1
    assert [cell_words(cell) for row in found.cells for cell in row] == [
        "does not hold",
        "never",
        "1 planned",
        "2 judged, last 2025-Q4",
    ]
    assert heads(found) == ["Goal", "North", "South"]
    assert next(rows(found)) == ["local · Goal local", "does not hold", "never"]


def test_only_the_programme_s_audits_count_as_planned_and_old_quarters_do_not_count(
    desk: Desk, regions: dict[str, str]
) -> None:
    site = add_place(desk, "Site", parent=regions["North"]).uid
    goal = promise(desk, "told")
    old = plan_audit(desk, site, "2024-Q4", state="concluded")
    judge(desk, old, decide(desk, site, date(2024, 11, 1)), goal, handed_in_at=desk.clock())
    programme = programmes.make(desk, programmes.Draft(quarter=QUARTER)).uid
    plan_audit(desk, site, QUARTER, programme=programme)
    plan_audit(desk, site, QUARTER)
    with desk.reader() as reader:
        about = reader.get(Programme, programme)
        ((mine,),) = coverage(reader, QUARTER, programme=about).cells
        ((every,),) = coverage(reader, QUARTER).cells
        ((longer,),) = coverage(reader, QUARTER, 6).cells
    assert (mine.planned, mine.judged, every.planned, longer.judged) == (1, 0, 2, 1)


def test_sites_without_a_region_have_a_column_of_their_own(desk: Desk) -> None:
    add_place(desk, "Lone site")
    promise(desk, "told")
    with desk.reader() as reader:
        found = coverage(reader, QUARTER)
        assert found.regions == (("", "no region"),)
        for count in (0, 41):
            with pytest.raises(Refusal, match="coverage_quarters"):
                coverage(reader, QUARTER, count)
