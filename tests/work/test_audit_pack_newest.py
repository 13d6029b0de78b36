"""An audit pack says when something in it was last said, whoever said it and whatever fields it has for moments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.work.audit_packing import a_photo, packed, template_of, walk
from tests.work.test_proofs import action_on

from gemba import gemba_verify
from gemba.domain.erasures import Erasure
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.places import Level, Place
from gemba.domain.settlements import Settlement
from gemba.packs.statements import to_time
from gemba.work import conduct, follow_action
from gemba.work.contain_finding import contain
from gemba.work.desk import Desk
from gemba.work.erase import erase
from gemba.work.places import add_place
from gemba.work.proofs import add_proof

LATER = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def region(desk: Desk) -> str:
    return add_place(desk, "Region North", level=Level.REGION).uid


@pytest.fixture
def walked(desk: Desk, region: str) -> str:
    return walk(desk, add_place(desk, "Harbour branch", parent=region).uid, a_photo(1), a_photo(2))


def at(desk: Desk, moment: datetime) -> Desk:
    """The same desk on a later day: what is written there is written then."""
    desk.store.clock = lambda: moment
    return msgspec.structs.replace(desk, clock=lambda: moment)


def one_of(desk: Desk, noun, **equal):
    with desk.reader() as reader:
        return reader.find(noun, **equal)[-1]


def as_of(desk: Desk, folder: Path) -> datetime:
    made, opened = packed(desk, folder)
    said = gemba_verify.verify(made.file)["bag_info"]["As-Of"]
    assert opened.statement["newest_record"] == said
    again, _ = packed(desk, folder / "again.zip")
    assert again.file.read_bytes() == made.file.read_bytes()
    found = to_time(said)
    assert found is not None
    return found


def contained(desk: Desk, walked: str, _: str) -> None:
    contain(desk, one_of(desk, Finding, assessment=walked).uid, "Counter 2 was opened")


def regraded(desk: Desk, walked: str, _: str) -> None:
    """As who settles a conflict does it: no field of the finding tells when."""
    finding = one_of(desk, Finding, assessment=walked)
    with desk.unit() as unit:
        unit.change(Finding, finding.uid, grade=FindingGrade.MINOR)


def settled(desk: Desk, walked: str, _: str) -> None:
    finding = one_of(desk, Finding, assessment=walked)
    with desk.unit() as unit:
        unit.put(
            Settlement(
                uid=desk.ids(),
                noun="finding",
                entity=finding.uid,
                fields=("grade",),
                sides=(),
                reason="seen",
                settled_at=desk.clock(),
                person=desk.person.uid,
            )
        )


def erased(desk: Desk, walked: str, _: str) -> None:
    erase(desk, "evidence", one_of(desk, Evidence, assessment=walked).uid, "asked for", with_files=True)


def erased_file(desk: Desk, walked: str, _: str) -> None:
    """Ordered of another record that has the same photo."""
    photo = one_of(desk, Evidence, assessment=walked)
    with desk.unit() as unit:
        unit.put(
            Erasure(
                uid=desk.ids(),
                noun="evidence",
                entity=desk.ids(),
                blobs=(photo.sha256,),
                reason="asked for",
                ordered_at=desk.clock(),
                person=desk.person.uid,
            )
        )


def taken_away(desk: Desk, walked: str, _: str) -> None:
    photo = one_of(desk, Evidence, assessment=walked)
    with desk.unit() as unit:
        unit.change(Evidence, photo.uid, removed=True)


def place_renamed(desk: Desk, _: str, region: str) -> None:
    with desk.unit() as unit:
        unit.change(Place, region, name="Region of the North")


@pytest.mark.parametrize(
    "says", [contained, regraded, settled, erased, erased_file, taken_away, place_renamed], ids=lambda one: one.__name__
)
def test_whatever_is_said_of_what_is_in_it_counts(
    desk: Desk, walked: str, region: str, tmp_path: Path, says: Callable[[Desk, str, str], None]
) -> None:
    assert as_of(desk, tmp_path) < LATER - timedelta(days=1)
    says(at(desk, LATER), walked, region)
    (tmp_path / "later").mkdir()
    assert as_of(desk, tmp_path / "later") == LATER


def test_what_is_said_of_anything_else_does_not(desk: Desk, walked: str, tmp_path: Path) -> None:
    before = as_of(desk, tmp_path)
    later = at(desk, LATER)
    conduct.start(later, template_of(later), add_place(later, "Market branch").uid)
    action_on(later, add_place(later, "Station").uid)
    (tmp_path / "later").mkdir()
    assert as_of(desk, tmp_path / "later") == before


def test_an_action_without_an_assessment_counts_with_what_shows_it(
    desk: Desk, walked: str, region: str, tmp_path: Path
) -> None:
    uid = action_on(desk, region)
    follow_action.done(desk, uid, "Scanned", files=[("list.csv", b"a;b")])
    before = as_of(desk, tmp_path)
    add_proof(at(desk, LATER), "action", uid, [("more.txt", b"words")])
    (tmp_path / "later").mkdir()
    assert before < as_of(desk, tmp_path / "later") == LATER
