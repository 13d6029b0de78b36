"""A finding gets an action; the action is followed until it is done."""

from __future__ import annotations

from datetime import date

from gemba.domain.actions import Action, ActionSort, ActionState
from gemba.domain.effects import EffectCheck
from gemba.domain.findings import Finding, FindingState
from gemba.work.follow_action import done


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
        kept = reader.get(Action, uid)
        assert kept.state is ActionState.DONE
        assert reader.get(Finding, kept.finding).state is FindingState.OPEN, "its effect was not seen yet"
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


def test_the_effect_of_an_action_is_kept_with_similar_elsewhere_and_its_checks(demo, demo_desk):
    with demo_desk.reader() as reader:
        action = next(one for one in reader.find(Action) if one.sort is ActionSort.CORRECTIVE)
    done(demo_desk, action.uid, "The plan hangs there", live_on=demo_desk.clock().date())
    demo.go("actions", action.uid)
    assert all(f"After {days} days" in demo.texts() for days in (30, 60, 90))
    card = demo.page.effect
    assert (card.fields["effect"].widget.value, card.similar.choice.value) == ("", ""), "nothing is chosen beforehand"
    demo.press("effect.keep")
    assert "helped or did not help" in card.fields["effect"].note.text()
    card.fields["effect"].widget.choose("effective")
    demo.press("effect.keep")
    assert "how the effect was seen" in card.fields["how"].note.text()
    demo.type("effect.how", "Nobody waited longer than ten minutes in two weeks.")
    demo.press("effect.keep")
    assert "yes or no" in demo.page.effect.similar._asks.note.text()
    demo.page.effect.similar.choice.choose("no")
    demo.type("effect.where", "All four branches were looked at.")
    demo.press("effect.keep")
    assert demo.message == "What was seen is kept."
    assert "No: All four branches were looked at." in demo.texts()
    demo.type("effect.note.30", "The plan was gone and nobody knew of it.")
    demo.press("effect.30.regressed")
    with demo_desk.reader() as reader:
        kept = reader.get(Action, action.uid)
    assert (kept.state, kept.reopened) == (ActionState.OPEN, 1)
    assert "Opened again 1 time. After 30 days it is as it was: The plan was gone" in demo.texts()


def test_a_check_is_conducted_from_the_action(demo, demo_desk):
    with demo_desk.reader() as reader:
        action = next(one for one in reader.find(Action) if one.sort is ActionSort.CORRECTIVE)
    done(demo_desk, action.uid, "The plan hangs there")
    demo.go("actions", action.uid)
    demo.press("effect.60.conduct")
    with demo_desk.reader() as reader:
        (check,) = [one for one in reader.find(EffectCheck) if one.assessment is not None]
    assert check.days == 60
    assert demo.window.page == "conduct"
