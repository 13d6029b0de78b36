"""Sealed, sent, held: three states, and only a receipt makes the last."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton
from tests.conftest import new_uid, ticking_clock
from tests.ui.pages.window import squeezed

from gemba import wording
from gemba.domain.assessments import Assessment
from gemba.domain.evidence import Evidence
from gemba.domain.places import Level
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.store.deliveries import DeliveryState
from gemba.ui import terms
from gemba.ui.languages import speak
from gemba.ui.pages.packs import seal_and_send
from gemba.ui.pages.sent_files import WayRow
from gemba.ui.pages.way import WayFacts
from gemba.ui.theme import fonts
from gemba.work import carriers
from gemba.work.cards import write_card
from gemba.work.delivery_status import Way
from gemba.work.open_desk import open_desk
from gemba.work.places import add_place
from gemba.work.take_in import take_in


@pytest.fixture
def hq(tmp_path):
    clock = ticking_clock()
    found(tmp_path / "hq", clock=clock, ids=new_uid, name="Meridian", demo=True)
    desk = open_desk(tmp_path / "hq", clock=clock, ids=new_uid)
    yield desk
    desk.store.close()


def states(window):
    return window.list.column(1)


def counts(page):
    return {custody: words.text() for custody, words in page.way.counts.items()}


def test_without_headquarters_card_sealing_is_refused_with_the_way_out(demo):
    demo.go("packs")
    demo.press("button.packs.seal")
    assert "card" in demo.message
    assert demo.page.progress.isHidden()


def test_a_pack_is_sealed_sent_and_held_only_by_the_receipt(demo, demo_desk, hq, tmp_path):
    with demo_desk.reader() as reader:
        walks = str(len(reader.find(Assessment)))
    page = demo.go("packs")
    page.take_in_file(tmp_path / "hq" / "headquarters.card")
    demo.settle()
    assert "Meridian" in demo.message
    intake.enrol(hq, write_card(demo_desk, tmp_path).file)

    demo.press("button.packs.seal")
    assert states(demo) == ["Sealed"]
    assert counts(page) == {"here": "0", "sealed": walks, "sent": "0", "held": "0"}

    demo.list.choose(0)
    stick = tmp_path / "stick"
    stick.mkdir()
    page.send_to(stick)
    demo.settle()
    assert states(demo) == ["Sent, no receipt yet"]
    assert counts(page)["sent"] == walks

    intake.take_in(hq, next(stick.glob("*.gemba")), tmp_path / "back")
    page.take_in_file(next((tmp_path / "back").glob("*.receipt")))
    demo.settle()
    assert states(demo) == ["Held by headquarters"]
    assert counts(page) == {"here": "0", "sealed": "0", "sent": "0", "held": walks}
    assert "holds every walk" in page.way.said.text()

    demo.go("walks")
    assert set(demo.list.column(3)) == {"Held"}


def test_a_folder_that_is_gone_is_trouble_and_nothing_counts_as_sent(demo, demo_desk, hq, tmp_path):
    page = demo.go("packs")
    page.take_in_file(tmp_path / "hq" / "headquarters.card")
    demo.settle()
    demo.press("button.packs.seal")
    demo.list.choose(0)
    page.send_to(tmp_path / "no-such-stick")
    demo.settle()
    assert demo.message
    assert states(demo) == ["Sealed"]


def test_a_file_that_is_neither_card_nor_receipt_is_refused(demo, tmp_path):
    page = demo.go("packs")
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"not a receipt")
    page.take_in_file(file)
    demo.settle()
    assert "holiday.jpg" in demo.message


@pytest.fixture
def knows_hq(demo, hq, tmp_path):
    page = demo.go("packs")
    page.take_in_file(tmp_path / "hq" / "headquarters.card")
    demo.settle()
    return page


def add_way(demo, name, where):
    demo.press("packs.carrier.more")
    demo.type("carrier.name", name)
    demo.type("carrier.url", str(where))
    demo.press("carrier.add")


def test_a_way_is_added_tested_and_everything_goes_by_it(demo, demo_desk, hq, knows_hq, tmp_path):
    (tmp_path / "share").mkdir()
    add_way(demo, "Head office share", tmp_path / "share")
    assert "Head office share works" in demo.message
    demo.press("button.packs.send_all")
    assert "Sent 1 item." in demo.message
    assert states(demo) == ["Sent, no receipt yet"]
    assert list((tmp_path / "share").rglob("COMPLETE.json"))
    demo.list.choose(0)
    demo.settle()
    shown = demo.texts()
    assert "Arrived" in shown
    assert "Head office share" in shown
    with demo_desk.reader() as reader:
        assert any(item.name in shown for item in reader.find(Evidence))


def test_a_way_that_is_out_of_reach_is_told_beside_it_and_tried_again(demo, knows_hq, tmp_path):
    add_way(demo, "Stick", tmp_path / "no-such-stick")
    assert "Out of reach" in demo.texts()
    demo.press("button.packs.send_all")
    assert states(demo) == ["Sealed"]
    (tmp_path / "no-such-stick").mkdir()
    demo.window.by_the_clock.look()
    demo.settle()
    assert states(demo) == ["Sent, no receipt yet"]


def test_what_is_no_address_is_said_beside_the_field(demo, knows_hq):
    add_way(demo, "Odd", "gopher://somewhere/else")
    assert "gopher" in demo.texts()
    assert demo.page.carriers.add.isVisible()


def test_a_way_is_taken_away(demo, knows_hq, tmp_path):
    (tmp_path / "share").mkdir()
    add_way(demo, "Share", tmp_path / "share")
    demo.press("carrier.Share.remove")
    assert "None yet." in demo.texts()


def test_the_ways_and_a_new_one_squeeze_nothing_in_a_low_window(demo, demo_desk, tmp_path):
    for place in range(4):
        carriers.add(demo_desk, f"Stick of the regional steward {place}", str(tmp_path / "box" / str(place)))
    demo.window.resize(1024, 640)
    page = demo.go("packs")
    demo.press("packs.carriers.fold")
    demo.press("packs.carrier.more")
    demo.press("carrier.add")
    assert "Stick of the regional steward 3" in demo.texts()
    assert squeezed(page.carriers) == []
    assert squeezed(page.way_card) == []
    assert page.list.height() > 300


def test_a_way_that_is_held_up_can_be_read_in_a_narrow_detail(qtbot):
    row = WayRow(
        Way(
            carrier="Head office",
            state=DeliveryState.WAITING,
            parts=12,
            parts_there=5,
            bytes_there=500_000,
            tries=3,
            next_try_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
            done_at=None,
            trouble="There is no way to the server now.",
        )
    )
    qtbot.addWidget(row)
    assert row.minimumSizeHint().width() < 190
    said = [label.text() for label in row.findChildren(QLabel)]
    assert "Held up" in said
    assert any(words.startswith("Tried again by itself 22 Nov 2026") for words in said)


def test_a_pack_is_no_record_and_offers_no_history(demo, demo_desk, hq, tmp_path):
    page = demo.go("packs")
    page.take_in_file(tmp_path / "hq" / "headquarters.card")
    demo.settle()
    demo.press("button.packs.seal")
    demo.list.choose(0)
    demo.settle()
    assert "Held by headquarters" in demo.texts()
    assert page.detail.findChild(QPushButton, "packs.detail.to_history") is None


def test_the_way_says_what_headquarters_asks_for_again(demo):
    page = demo.go("packs")
    page.way.show_facts(WayFacts({"sent": 2}, "Meridian", asked_again=3))
    assert page.way.said.text().endswith(
        "Meridian asks again for 3 changes, which it does not have: seal and send a pack."
    )
    page.way.show_facts(WayFacts({"held": 2}, "Meridian"))
    assert "asks again" not in page.way.said.text()


@pytest.mark.parametrize("language", ["en", wording.LONG])
def test_every_state_of_a_pack_can_be_read_whole_in_the_list(open_window, demo_desk, hq, tmp_path, qapp, language):
    speak(qapp, language)
    demo = open_window(demo_desk)
    page = demo.go("packs")
    page.take_in_file(tmp_path / "hq" / "headquarters.card")
    demo.settle()
    demo.press("button.packs.seal")
    table = page.list.table
    written = QFontMetrics(fonts.font("small", bold=True))
    for code in ("sealed", "sent", "held"):
        assert written.horizontalAdvance(terms.custody(code)) <= table.columnWidth(1) - 44
    hidden = [place for place in range(4) if table.isColumnHidden(place)]
    assert language != "en" or not hidden


def test_a_form_that_opens_in_a_low_window_is_seen_from_its_beginning(demo, knows_hq):
    demo.window.resize(900, 600)
    demo.go("packs")
    demo.press("packs.carrier.more")
    name = demo.find(QLineEdit, "carrier.name")
    demo.qtbot.waitUntil(lambda: name.visibleRegion().boundingRect().size() == name.size())
    where, browse = demo.find(QLineEdit, "carrier.url"), demo.find(QToolButton, "carrier.browse")
    middle = where.mapTo(demo.page, where.rect().center()).y()
    assert abs(browse.mapTo(demo.page, browse.rect().center()).y() - middle) <= 2


def test_how_much_of_a_pack_is_there_is_told_while_it_is_sent(demo_desk, hq, tmp_path):
    take_in(demo_desk, tmp_path / "hq" / "headquarters.card")
    (tmp_path / "stick").mkdir()
    carriers.add(demo_desk, "stick", str(tmp_path / "stick"))
    steps = []
    seal_and_send(demo_desk, lambda done, total, words: steps.append((done, total, words)))
    sent = [(done, total, words) for done, total, words in steps if words.startswith("Sending by stick: ")]
    done, total, words = sent[-1]
    assert done == total > 0
    assert words == f"Sending by stick: {terms.size(total)} of {terms.size(total)}"


def test_a_pack_is_searched_by_its_hash(demo, knows_hq):
    demo.go("packs")
    demo.press("button.packs.seal")
    sha256 = demo.page.list.model.line(0).sha256
    demo.page.list.bar.search.setText(sha256[2:9])
    demo.qtbot.waitUntil(lambda: demo.page.list.query.search == sha256[2:9])
    demo.settle()
    assert demo.page.list.count.text() == "1 pack"
    demo.page.list.bar.search.setText(sha256[::-1])
    demo.qtbot.waitUntil(lambda: demo.page.list.query.search == sha256[::-1])
    demo.settle()
    assert "Nothing matches" in demo.texts()


def test_what_was_just_sealed_is_chosen_and_goes_by_the_next_key(demo, demo_desk, knows_hq, tmp_path):
    page = demo.go("packs")
    for count in (1, 2):
        add_place(demo_desk, f"Branch {count}", level=Level.SITE)
        demo.press("button.packs.seal")
        demo.settle()
        assert page.list.model.rowCount() == count
        newest = max((page.list.model.line(row) for row in range(count)), key=lambda line: line.first_seq)
        assert page.list.current.sha256 == newest.sha256
    (tmp_path / "stick").mkdir()
    page.send_to(tmp_path / "stick")
    demo.settle()
    assert states(demo) == ["Sent, no receipt yet", "Sealed"]


def test_the_keyboard_comes_from_the_lines_back_to_what_stands_above_them(demo, knows_hq):
    page = demo.go("packs")
    demo.press("button.packs.seal")
    page.list.table.setFocus()
    demo.qtbot.waitUntil(page.list.table.hasFocus)
    demo.qtbot.keyClick(page.list.table, Qt.Key.Key_Backtab)
    assert page.list.bar.isAncestorOf(QApplication.focusWidget())
