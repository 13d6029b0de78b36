"""A finding gets an action; the action is followed until it is done."""

from __future__ import annotations

from datetime import date

from gemba.domain.actions import Action, ActionState
from gemba.domain.findings import Finding, FindingState


def test_findings_are_narrowed_by_grade_and_shown_with_their_photo(demo):
    page = demo.go("findings")
    demo.list.narrow("grade", "major")
    assert demo.list.column(1) == ["Major nonconformity"]
    demo.list.choose(0)
    assert "Customers are served within ten minutes" in demo.texts()
    assert "Two of three counters" in page.list.current.text


def test_findings_are_narrowed_by_place_with_its_name(demo):
    demo.go("findings")
    chip = next(chip for chip in demo.page.list.bar.chips if chip.filter.name == "place")
    chip.menu().aboutToShow.emit()
    demo.settle()
    names = {action.text().split("   ")[0] for action in chip.menu().actions() if action.data()}
    assert {"Harbour branch", "Market Street branch", "Hillside service centre"} <= names


def test_a_finding_is_given_an_action(demo, demo_desk):
    demo.go("findings")
    demo.list.narrow("grade", "good_practice")
    demo.list.choose(0)
    finding = demo.page.detail.uid
    demo.press("button.findings.act")
    demo.press("action.add")
    assert demo.page.form._text_field.note.text()
    demo.type("action.text", "Show it to the other sites")
    demo.press("action.add")
    assert demo.page.form._owner_field.note.text()
    demo.type("action.owner", "Steward")
    demo.page.form.due.put(date(2026, 6, 1))
    demo.press("action.add")
    assert demo.message == "The action was added."
    with demo_desk.reader() as reader:
        made = reader.find(Action, finding=finding)
    assert [(one.text, one.owner, one.due) for one in made] == [
        ("Show it to the other sites", "Steward", date(2026, 6, 1))
    ]
    assert "Show it to the other sites" in demo.texts()


def test_an_action_is_done_with_proof_and_that_can_be_undone(demo, demo_desk):
    demo.go("actions")
    demo.list.narrow("state", "overdue")
    demo.list.choose(0)
    uid = demo.page.detail.uid
    demo.press("button.actions.done")
    assert demo.page._proof_field.note.text(), "without proof it is refused beside the field"
    demo.type("actions.detail.proof", "The plan hangs at the entrance; seen on Tuesday.")
    demo.press("button.actions.done")
    with demo_desk.reader() as reader:
        done = reader.get(Action, uid)
        assert done.state is ActionState.DONE
        assert reader.get(Finding, done.finding).state is FindingState.CLOSED
    assert demo.list.column() == []
    demo.press("messages.undo")
    with demo_desk.reader() as reader:
        assert reader.get(Action, uid).state is ActionState.OPEN
    assert len(demo.list.column()) == 1


def test_without_a_choice_the_primary_button_says_what_to_choose(demo):
    demo.go("actions")
    demo.press("button.actions.done")
    assert "Choose" in demo.message
    demo.go("findings")
    demo.press("button.findings.act")
    assert "Choose" in demo.message


def test_a_finding_leads_to_its_walk_and_back(demo):
    demo.go("findings")
    demo.list.choose(0)
    walk = demo.page.list.current.assessment
    demo.page.detail.findChild(object, "findings.detail.walk").follow()
    demo.settle()
    assert demo.window.page == "walks"
    assert demo.page.detail.uid == walk
    assert demo.page.list.current.uid == walk


def test_a_record_that_is_narrowed_away_is_not_shown_any_more(demo):
    demo.go("findings")
    demo.list.choose(0)
    assert demo.page.detail.currentIndex() == 1
    demo.list.search("nothing has these words")
    assert demo.page.detail.currentIndex() == 0
    demo.press("button.findings.act")
    assert "Choose" in demo.message
