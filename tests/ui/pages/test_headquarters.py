"""Headquarters in the window: packs come in, laptops are seen, and what is missing is named."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel
from tests.conftest import new_uid, ticking_clock
from tests.hq.conftest import walk
from tests.hq.strangers import KEY, enrolled, id_of, packed, spoiled
from tests.packs.stranger import operation
from tests.ui.test_other_programs import look, look_until

from gemba import wording
from gemba.domain.assessments import Assessment
from gemba.domain.evidence import Evidence
from gemba.hq import intake, set_back
from gemba.hq.founding import found
from gemba.hq.quarantine import waiting as all_waiting
from gemba.hq.status import Need
from gemba.store import lacking
from gemba.store.lists import PACKS, Query
from gemba.store.quarantined import Quarantined, Why
from gemba.ui import terms
from gemba.ui.languages import speak
from gemba.ui.pages.laptop_list import need
from gemba.ui.theme import fonts
from gemba.work.cards import write_card
from gemba.work.open_desk import open_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal, send
from gemba.work.take_in import take_in


@pytest.fixture
def hq(tmp_path):
    clock = ticking_clock()
    found(tmp_path / "hq", clock=clock, ids=new_uid, name="Meridian", demo=True)
    desk = open_desk(tmp_path / "hq", clock=clock, ids=new_uid)
    yield desk
    desk.store.close()


@pytest.fixture
def stick(hq, demo_desk, tmp_path):
    """A stick with a laptop's pack on it."""
    take_in(demo_desk, tmp_path / "hq" / "headquarters.card")
    folder = tmp_path / "stick"
    folder.mkdir()
    for pack in seal(demo_desk):
        send(demo_desk, pack.sha256, folder)
    return folder


@pytest.fixture
def window(open_window, hq):
    return open_window(hq)


def go_into(window, code):
    """Go into a figure; gives the rows that open."""
    window.page.figures.figures[code].follow()
    window.settle()
    assert window.window.page == "behind"
    window.list.choose(0)
    window.settle()
    return window.list.column(0)


def figure(window, code):
    return window.page.figures.figures[code].figure.text()


def stops(window):
    buttons = window.window.navigation.findChildren(QAbstractButton)
    return {button.objectName() for button in buttons if button.isVisible()}


def test_each_store_has_the_stops_that_lead_somewhere(window, demo):
    assert "navigation.headquarters" in stops(window)
    assert "navigation.packs" not in stops(window)
    assert "navigation.packs" in stops(demo)
    assert "navigation.headquarters" not in stops(demo)


def test_before_anything_came_it_says_what_to_do(window):
    window.go("headquarters")
    assert "No laptop has been heard of" in window.texts()
    assert figure(window, "packs") == "0"


def test_what_a_watch_takes_in_beside_the_window_is_seen(window, hq, stick, tmp_path):
    window.go("headquarters")
    look(window)
    watch = open_desk(hq.store.folder, clock=hq.clock, ids=new_uid)
    for pack in sorted(stick.glob("*.gemba")):
        intake.take_in(watch, pack, tmp_path)
    watch.store.close()
    assert figure(window, "packs") == "0"
    look_until(window, lambda: figure(window, "packs") == "1")
    assert window.list.column(1) == ["All here"]


def test_a_pack_is_taken_in_and_its_laptop_stands_in_the_list(window, stick, demo_desk):
    page = window.go("headquarters")
    page.take_in_files(sorted(stick.glob("*.gemba")))
    window.settle()
    assert "1 pack was taken in." in window.message
    assert list(stick.glob("*.receipt"))
    assert figure(window, "packs") == "1"
    assert window.list.column(1) == ["All here"]
    window.list.choose(0)
    window.settle()
    assert demo_desk.store.device.id in window.texts().replace("\u200b", "")

    page.take_in_files(sorted(stick.glob("*.gemba")))
    window.settle()
    assert "Nothing is new: 1 pack was here already." in window.message

    window.go("walks")
    with demo_desk.reader() as reader:
        assert len(window.list.column(0)) == len(reader.find(Assessment))


def test_a_file_that_is_no_pack_is_named_and_stops_no_other(window, stick):
    broken = stick / "0.gemba"
    broken.write_bytes(b"not a pack")
    page = window.go("headquarters")
    page.take_in_files(sorted(stick.glob("*.gemba")))
    window.settle()
    assert "1 pack was taken in." in window.message
    assert "0.gemba" in window.message


def test_a_laptop_is_enrolled_by_its_card(window, demo_desk, tmp_path):
    page = window.go("headquarters")
    card = write_card(demo_desk, tmp_path)
    page.enrol_card(card.file)
    before = set(window.texts().split())
    window.type("headquarters.enrol.words", "one two three four five six seven eight")
    window.press("headquarters.enrol.same")
    shown = window.texts()
    assert "These are not the words" in shown
    assert not (set(shown.split()) - before) & set(card.fingerprint.split())  # a word may stand here anyway
    assert card.fingerprint not in shown
    assert window.list.column(0) == []
    window.type("headquarters.enrol.words", card.fingerprint)
    window.press("headquarters.enrol.same")
    assert "The next publication vouches for it." in window.message
    assert len(window.list.column(0)) == 1


def test_secret_keys_that_lie_about_are_warned_of(window):
    page = window.go("headquarters")
    assert page.warning.isVisible()
    assert "recovery" in window.texts()


def test_a_revoked_laptop_waits_in_quarantine_until_a_person_decides(window, hq, stick, demo_desk, tmp_path):
    page = window.go("headquarters")
    page.take_in_files(sorted(stick.glob("*.gemba")))
    window.settle()
    window.list.choose(0)
    window.settle()
    window.press("headquarters.detail.revoke")
    assert "is revoked" in window.message
    add_place(demo_desk, "Late branch")
    (late,) = seal(demo_desk)
    page.take_in_files([late.file])
    window.settle()
    assert page.quarantine.isVisible()
    (waiting,) = all_waiting(hq)
    window.press(f"quarantine.{waiting.sha256[:12]}.set_aside")
    assert not page.quarantine.isVisible()
    assert (hq.store.folder / "quarantine" / f"{waiting.sha256}.gemba").is_file()


def test_what_headquarters_publishes_is_taken_in_by_the_laptop(window, hq, stick, demo_desk, tmp_path):
    page = window.go("headquarters")
    page.take_in_files(sorted(stick.glob("*.gemba")))
    window.settle()
    (tmp_path / "down").mkdir()
    page.publish_into(tmp_path / "down")
    window.settle()
    (file,) = (tmp_path / "down").glob("*.publication")
    assert "Publication 1" in window.texts()
    taken = take_in(demo_desk, file)
    assert taken.words
    with demo_desk.reader() as reader:
        assert {line.state for line in PACKS.first(reader, Query())} == {"held"}


def test_files_that_are_missing_are_gone_into(window, hq, desk, queue_photo, tmp_path):
    take_in(desk, tmp_path / "hq" / "headquarters.card")
    shutil.copytree(hq.store.folder, tmp_path / "before")
    walk(desk, queue_photo)
    (first,) = seal(desk)
    before = open_desk(tmp_path / "before", clock=hq.clock, ids=new_uid)
    take_in(desk, intake.take_in(before, first.file, tmp_path / "down").receipt)
    before.store.close()
    walk(desk, queue_photo, site="Another")
    (second,) = seal(desk)
    page = window.go("headquarters")
    page.take_in_files([second.file])
    window.settle()
    assert (figure(window, "missing"), page.figures.word("missing")) == ("1", "File missing")
    sha256 = next(one.evidence_missing[0] for one in page.source.last.laptops)
    (row,) = go_into(window, "missing")
    assert sha256[:16] in row
    assert "Named by the pack" in window.texts()
    window.window.back()
    window.settle()
    page.take_in_files([first.file])
    window.settle()
    assert figure(window, "missing") == "0"
    with hq.unit() as unit:
        photo = unit.find(Evidence)[0]
        lacking.note(unit, [photo.sha256], device=desk.store.device.id, pack=first.sha256)
    window.go("walks")
    window.go("headquarters")
    assert figure(window, "missing") == "1"
    (row,) = go_into(window, "missing")
    assert photo.name in row
    assert "Evidence" in window.texts()


def test_packs_in_quarantine_are_gone_into(window, hq, stick, demo_desk):
    page = window.go("headquarters")
    page.take_in_files(sorted(stick.glob("*.gemba")))
    window.settle()
    assert page.figures.word("packs") == "Pack"
    window.list.choose(0)
    window.settle()
    window.press("headquarters.detail.revoke")
    for name in ("Late branch", "Later branch"):
        add_place(demo_desk, name)
        page.take_in_files([seal(demo_desk)[-1].file])
        window.settle()
    count = len(all_waiting(hq))
    assert figure(window, "quarantined") == str(count)
    assert len(go_into(window, "quarantined")) == count
    assert "It goes beyond what is believed of a revoked laptop." in window.texts()
    window.press("behind.open")
    assert window.window.page == "headquarters"


def test_what_waits_for_its_proof_is_looked_at_by_itself_and_a_bad_signature_is_told(window, hq, tmp_path):
    enrolled(hq)
    bad = spoiled(operation(KEY, 1))
    intake.take_in(hq, packed(hq, tmp_path, "1-1", bad), tmp_path)
    window.window.by_the_clock.look()
    window.settle()
    assert id_of(bad) in window.message
    window.go("headquarters")
    assert window.list.column(1) == ["Changes without signature"]
    window.list.choose(0)
    window.settle()
    assert id_of(bad) in window.texts()


def test_states_and_days_of_laptops_can_be_read_whole_in_the_list(window, stick):
    page = window.go("headquarters")
    page.take_in_files(sorted(stick.glob("*.gemba")))
    window.settle()
    table = page.list.table
    badge, plain = QFontMetrics(fonts.font("small", bold=True)), QFontMetrics(fonts.font())
    for one in Need:
        assert badge.horizontalAdvance(need(one.value)) <= table.columnWidth(1) - 44
    assert plain.horizontalAdvance(terms.day(date(2026, 9, 28))) <= table.columnWidth(2) - 24


def test_an_older_copy_of_headquarters_is_told_above_everything(window, hq):
    with hq.unit() as unit:
        set_back.note(unit, "ab" * 16, 7)
    window.go("headquarters")
    assert "This store is an older copy" in window.texts()
    assert "gemba hq database --restored" in window.texts()
    assert window.page.older.isVisible()


def test_why_and_when_a_pack_waits_read_in_order_from_right_to_left(open_window, hq, qapp):
    speak(qapp, wording.MIRRORED)
    window = open_window(hq)
    page = window.go("headquarters")
    waits = Quarantined(sha256="a" * 64, device="b" * 32, words="one two", why=Why.REVOKED, arrived_at=hq.clock())
    page.quarantine.show_waiting([waits])
    when = f"\u2068{terms.moment(waits.arrived_at)}\u2069"
    assert any(label.text().endswith(when) for label in page.quarantine.findChildren(QLabel))
