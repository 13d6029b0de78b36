"""The cards that read a complaint's words: suggested codes, redaction, themes, agreement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from tests.work.complaining import complain
from tests.work.labelling import with_causes, with_labels, words_of

from gemba.domain.complaints import Complaint, Redaction
from gemba.domain.suggestions import Suggestion
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.store.lists import Query
from gemba.ui.complaints.near import NearCard
from gemba.ui.complaints.reading import which_of
from gemba.ui.complaints.redacting import RedactionCard
from gemba.ui.complaints.suggesting import SuggestionCard, learning_of
from gemba.ui.complaints.themes import AgreementCard, ThemesCard
from gemba.work.which_complaints import Which

WORDS = "\U0001f621 Anna Berg here, call 0171 1234567. Sophie knows."
Put = Callable[[QWidget], QWidget]


@pytest.fixture
def labelled(demo_desk):
    """The demonstration store, where 60 complaints more are coded."""
    with_causes_of_the_demo(demo_desk)
    with_labels(demo_desk)
    return demo_desk


def with_causes_of_the_demo(desk):
    with desk.reader() as reader:
        from gemba.store import vocabularies

        before = vocabularies.current(reader, Facet.CAUSE)
    if before is None:
        with_causes(desk)
        return
    with desk.unit() as unit:
        fields = {name: getattr(before, name) for name in before.__struct_fields__}
        terms = {**before.terms, "delay": "Delay", "fee": "Fee", "attitude": "Attitude"}
        unit.put(type(before)(**fields | {"uid": desk.ids(), "version": before.version + 1, "terms": terms}))


@pytest.fixture
def put(qtbot, demo):
    """Shows a card by itself, and waits until it stands still."""

    def show(card):
        qtbot.addWidget(card)
        card.resize(560, 420)
        card.show()
        demo.settle()
        return card

    return show


def texts(card: QWidget) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def press(demo, card: QWidget, name: str) -> None:
    (button,) = [one for one in card.findChildren(QAbstractButton, name) if one.isVisible()]
    assert button.isEnabled(), f"{name} is switched off"
    demo.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    demo.settle()


def of(desk, uid: str) -> Complaint:
    with desk.reader() as reader:
        found = reader.get(Complaint, uid)
    assert found is not None
    return found


def test_a_suggestion_is_accepted_with_one_key_and_kept_with_what_was_suggested(demo, labelled, put, qtbot):
    uid = complain(labelled, words=words_of("fee", 99))
    card = put(SuggestionCard(demo.window.services, uid))
    press(demo, card, "suggesting.begin")
    assert "Fee" in texts(card)
    assert "times in 10" in texts(card) or "nearly always" in texts(card)
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    qtbot.keyClick(card, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: of(labelled, uid).cause == "fee")
    demo.settle()
    with labelled.reader() as reader:
        kept = reader.find(Suggestion, complaint=uid)
    assert [(one.suggested, one.final) for one in kept] == [("fee", "fee")]
    assert Facet.CAUSE not in card.rows


def test_a_person_chooses_another_code(demo, labelled, put):
    uid = complain(labelled, words=words_of("fee", 98))
    card = put(SuggestionCard(demo.window.services, uid))
    press(demo, card, "suggesting.begin")
    card.rows[Facet.CAUSE].choice.choose("delay")
    press(demo, card, "suggesting.cause.keep")
    assert of(labelled, uid).cause == "delay"
    with labelled.reader() as reader:
        assert [one.suggested for one in reader.find(Suggestion, complaint=uid)] == ["fee"]


def test_what_is_not_sure_is_said_plainly_and_cannot_be_accepted(demo, labelled, put):
    uid = complain(labelled, words="zebra quokka")
    card = put(SuggestionCard(demo.window.services, uid))
    press(demo, card, "suggesting.begin")
    assert "not sure" in texts(card)
    assert card.findChildren(QAbstractButton, "suggesting.cause.accept") == []


def test_without_enough_labels_the_card_says_how_many_and_still_codes(open_window, desk, put):
    uid = complain(desk, words="a thing happened")
    with_causes(desk)
    empty = open_window(desk)
    card = put(SuggestionCard(empty.window.services, uid))
    press(empty, card, "suggesting.begin")
    assert "at least 50" in texts(card.rows[Facet.CAUSE])
    card.rows[Facet.CAUSE].choice.choose("fee")
    press(empty, card, "suggesting.cause.keep")
    assert of(desk, uid).cause == "fee"
    with desk.reader() as reader:
        assert reader.find(Suggestion) == []


def test_the_next_complaint_is_suggested_for_at_once(demo, labelled, put):
    first, second = (complain(labelled, words=words_of("delay", at)) for at in (90, 91))
    press(demo, put(SuggestionCard(demo.window.services, first)), "suggesting.begin")
    assert learning_of(demo.window.services).has_learned
    assert "Delay" in texts(put(SuggestionCard(demo.window.services, second)))


def test_what_was_found_is_ticked_and_kept_as_checked(demo, demo_desk, put):
    uid = complain(demo_desk, words=WORDS, customer="Anna Berg")
    card = put(RedactionCard(demo.window.services, uid))
    name, phone = card.boxes.values()
    assert name.isChecked()
    assert phone.isChecked()
    name.click()
    assert [one.format.fontStrikeOut() for one in card.words.extraSelections()] == [False, True]
    assert [one.cursor.selectedText() for one in card.words.extraSelections()] == ["Anna Berg", "0171 1234567"]
    press(demo, card, "redacting.keep")
    one = of(demo_desk, uid)
    assert one.redaction is Redaction.CHECKED
    assert one.redacted_words == "\U0001f621 Anna Berg here, call [phone]. Sophie knows."
    assert "checked by a person" in texts(card)
    assert [box.isChecked() for box in card.boxes.values()] == [False, True]


def test_words_that_the_program_missed_are_taken_out_by_hand(demo, demo_desk, put):
    uid = complain(demo_desk, words=WORDS, customer="Anna Berg")
    card = put(RedactionCard(demo.window.services, uid))
    cursor = card.words.document().find("Sophie")
    assert isinstance(cursor, QTextCursor)
    card.words.setTextCursor(cursor)
    press(demo, card, "redacting.more")
    press(demo, card, "redacting.keep")
    assert of(demo_desk, uid).redacted_words == "\U0001f621 [name] here, call [phone]. [name] knows."


def test_nothing_found_is_said(demo, demo_desk, put):
    card = put(RedactionCard(demo.window.services, complain(demo_desk, words="The queue was long.")))
    assert "Nothing found" in texts(card)


def test_themes_of_a_set_are_shown_and_lead_to_their_complaints(demo, demo_desk, put):
    for at in range(6):
        complain(demo_desk, date(2020, 3, 2), words=f"The zeppelin landing moved again, {at}.")
    pressed = []
    which = Which(begins=date(2020, 3, 1), ends=date(2020, 3, 31))
    card = put(ThemesCard(demo.window.services, lambda: which, pressed.append))
    press(demo, card, "themes.find")
    press(demo, card, "themes.theme.1")
    assert [(one.phrase, len(one.complaints)) for one in pressed] == [("zeppelin landing moved", 6)]


def test_themes_of_nothing_say_so(demo, put):
    which = Which(begins=date(1999, 1, 1), ends=date(1999, 1, 2))
    card = put(ThemesCard(demo.window.services, lambda: which))
    press(demo, card, "themes.find")
    assert "None of these complaints has words" in demo.message


def test_agreement_is_told_with_its_table(demo, labelled, put):
    with labelled.unit() as unit:
        for suggested, final in (("fee", "fee"), ("fee", "delay"), ("", "delay")):
            unit.put(
                Suggestion(
                    uid=labelled.ids(),
                    complaint=unit.find(Complaint, cause="fee")[{"fee": 0, "delay": 1}[final] + (not suggested)].uid,
                    facet=Facet.CAUSE,
                    suggested=suggested,
                    confidence=0.9,
                    model="tfidf-linear 1, 60 labels",
                    final=final,
                    decided_at=labelled.clock(),
                    person=labelled.person.uid,
                )
            )
    card = put(AgreementCard(demo.window.services))
    assert "1 of 2 suggestions were accepted" in texts(card)
    card.facet.choose("step")
    demo.settle()
    assert "Nothing was coded" in texts(card)


def test_what_the_list_shows_is_read_and_a_theme_narrows_the_list(demo, demo_desk):
    for at in range(6):
        complain(demo_desk, date(2020, 3, 2), "critical", words=f"The zeppelin landing moved again, {at}.")
    page = demo.go("complaints")
    page.list.bar.narrow(severity=("critical",))
    demo.settle()
    page.show_reading()
    demo.settle()
    assert "that the list shows" in demo.texts()
    demo.press("themes.find")
    demo.press("themes.theme.1")
    demo.qtbot.waitUntil(lambda: page.list.query.search == "zeppelin landing moved")
    demo.settle()
    assert page.list.model.rowCount() == 6


def test_those_that_say_nearly_the_same_are_linked_with_one_press(demo, demo_desk, put):
    day, words = date(2020, 3, 2), "The zeppelin was promised for Monday and has not landed, nobody answers the phone."
    first, second = (complain(demo_desk, day, words=words + more) for more in ("", " Please call."))
    card = put(NearCard(demo.window.services, lambda: Which(begins=day, ends=day)))
    press(demo, card, "near.find")
    press(demo, card, "near.link.1")
    assert of(demo_desk, second).duplicate_of == first
    assert "No two of them" in texts(card)


def test_what_a_list_cannot_say_is_told(demo):
    page = demo.go("complaints")
    assert which_of(Query(search="late", where={"severity": ("high", "low"), "clock": ("overdue",)})) == Which(
        {"severity": "high,low", "search": "late"}
    )
    page.list.bar.narrow(clock=("overdue",))
    demo.settle()
    page.show_reading()
    demo.settle()
    assert "do not narrow it here" in demo.texts()
    demo.press("complaints.reading.back")
    assert demo.page.list.isVisible()


def test_a_cause_that_is_not_sure_may_have_a_domain_that_is(open_window, desk):
    with_labels(desk, each=30)
    with desk.unit() as unit:
        unit.put(
            Vocabulary(
                uid=desk.ids(),
                facet=Facet.CAUSE,
                version=1,
                domains={"delay": "process", "wait": "process", "fee": "policy", "attitude": "people"},
                released_at=desk.clock(),
                person=desk.person.uid,
                terms={"delay": "Delay", "fee": "Fee", "attitude": "Attitude", "wait": "Wait"},
            )
        )
        for at, one in enumerate(unit.find(Complaint, cause="delay")):
            unit.change(Complaint, one.uid, cause="wait" if at % 2 else "delay")
    opened = open_window(desk)
    card = SuggestionCard(opened.window.services, complain(desk, words=words_of("delay", 95)))
    opened.qtbot.addWidget(card)
    card.show()
    press(opened, card, "suggesting.begin")
    said = texts(card.rows[Facet.CAUSE])
    assert "not sure" in said
    assert "in any case: Process" in said
