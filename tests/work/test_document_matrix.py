"""Requirements by documents: what is in which, in which version, and how long ago somebody looked."""

from __future__ import annotations

from datetime import date

from tests.work.auditing import promise
from tests.work.registering import entry, requirement

from gemba.work.desk import Desk
from gemba.work.document_matrix import document_matrix
from gemba.work.register_views import gaps


def look(desk: Desk, document: str, subject: str, found: str = "yes", seen_on: str = "2026-02-01", **more: str) -> str:
    return entry(
        desk, "document_audit", document, subject=subject, sort="instruction", found=found, seen_on=seen_on, **more
    )


def test_rows_columns_and_holes(desk: Desk) -> None:
    told, fair = promise(desk, "told"), promise(desk, "fair")
    need = requirement(desk, told)
    look(desk, "Handbook", f"requirement:{need}", version="3", where="p. 4")
    look(desk, "Training", f"goal:{told}", "missing")
    found = document_matrix(desk)
    assert [row.link for row in found.subjects] == [f"goal:{fair}", f"goal:{told}", f"requirement:{need}"]
    assert found.documents == ("Handbook", "Training")
    assert found.holes() == 4
    assert [row.link for row in found.nowhere()] == [f"goal:{fair}", f"goal:{told}"]
    seen = found.at(f"requirement:{need}", "Handbook")
    assert seen is not None
    assert (seen.version, seen.old, seen.outdated) == ("3", False, False)
    assert found.at(f"goal:{fair}", "Handbook") is None


def test_the_newest_look_counts_however_the_document_is_written(desk: Desk) -> None:
    told = promise(desk, "told")
    look(desk, "Handbook", f"goal:{told}", "missing", "2026-02-01")
    look(desk, " handbook", f"goal:{told}", "yes", "2025-06-01")
    found = document_matrix(desk)
    assert len(found.documents) == 1
    assert found.cells[0].found == "missing"


def test_old_looks_and_older_versions_are_told(desk: Desk) -> None:
    told, fair = promise(desk, "told"), promise(desk, "fair")
    look(desk, "Handbook", f"goal:{told}", version="2", seen_on="2025-01-10")
    look(desk, "Handbook", f"goal:{fair}", version="3", seen_on="2026-01-10")
    first, second = (document_matrix(desk).at(f"goal:{uid}", "Handbook") for uid in (told, fair))
    assert first is not None
    assert second is not None
    assert (first.old, first.outdated, second.old, second.outdated) == (True, True, False, False)
    assert {gap.code for gap in gaps(desk, "document_audit")["document_audit"]} == {"old", "outdated"}


def test_a_look_stays_with_its_goal_through_new_versions(desk: Desk) -> None:
    told = promise(desk, "told", valid_from=date(2020, 1, 1))
    look(desk, "Handbook", f"goal:{told}")
    after = promise(desk, "told", version=2, replaces=told, valid_from=date(2026, 1, 1))
    found = document_matrix(desk)
    assert [row.link for row in found.subjects] == [f"goal:{after}"]
    assert found.at(f"goal:{after}", "Handbook") is not None
    assert found.gone == ()


def test_a_look_for_what_no_longer_holds_is_told_apart(desk: Desk) -> None:
    told = promise(desk, "told")
    ended = promise(desk, "old", valid_to=date(2025, 1, 1))
    uid = look(desk, "Handbook", f"goal:{ended}")
    look(desk, "Handbook", f"goal:{told}")
    assert document_matrix(desk).gone == (uid,)
