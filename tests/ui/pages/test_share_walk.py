"""Two auditors, one audit, a stick: shared from one window, taken in by the other."""

from __future__ import annotations

import pytest
from tests.conftest import new_uid

from gemba.domain.assessments import Assessment
from gemba.store.lists import ASSESSMENTS, Query
from gemba.work.cards import write_card
from gemba.work.enrolment import enrol
from gemba.work.open_desk import make_desk


@pytest.fixture
def other(tmp_path, ticking):
    desk = make_desk(tmp_path / "other", clock=ticking, ids=new_uid, demo=True)
    yield desk
    desk.store.close()


@pytest.fixture
def walk(demo, demo_desk):
    with demo_desk.reader() as reader:
        line = ASSESSMENTS.first(reader, Query(where={"state": ("draft",)}))[0]
    demo.go("walks", line.uid)
    return line


def test_without_anybody_known_it_says_where_to_enrol(demo, walk):
    demo.press("walks.detail.share")
    assert "Enrol its card in the settings first." in demo.texts()


def test_a_walk_is_shared_and_taken_in_by_the_other_window(demo, demo_desk, walk, other, open_window, tmp_path):
    enrol(demo_desk, write_card(other, tmp_path / "theirs", "Second laptop").file)
    enrol(other, write_card(demo_desk, tmp_path / "ours").file)
    demo.press("walks.detail.share")
    share = demo.page._share
    assert [share.whom.itemText(place) for place in range(share.whom.count())] == ["Second laptop"]
    stick = tmp_path / "stick"
    stick.mkdir()
    share.write_to(stick)
    demo.settle()
    (pack,) = stick.glob("*.gemba")
    assert "for Second laptop" in demo.message

    theirs = open_window(other)
    theirs.go("packs").take_in_file(pack)
    theirs.settle()
    with other.reader() as reader:
        assert reader.get(Assessment, walk.uid).number == walk.number
    theirs.go("walks")
    assert any(walk.title in words for words in theirs.list.column(0))


def test_a_folder_that_is_gone_is_said_beside_the_choice(demo, demo_desk, walk, other, tmp_path):
    enrol(demo_desk, write_card(other, tmp_path / "theirs").file)
    demo.press("walks.detail.share")
    demo.page._share.write_to(tmp_path / "no-such-stick")
    demo.settle()
    assert "no-such-stick" in demo.texts()
