from __future__ import annotations

from report_samples import action, facts, finding, section

from gemba.reports.facts import ScaleFacts
from gemba.reports.parts.notation import Notation
from gemba.reports.summary import grades, summary

ENGLISH = Notation("en", False, "UTC")


def test_all_that_was_found_is_in_one_paragraph():
    assert summary(facts(), ENGLISH) == (
        "All 22 questions were answered. The score is 82.4\u00a0%: Good, with open points. 3 findings were raised: "
        "Major nonconformity (1), Minor nonconformity (1), Good practice (1). One critical item failed. "
        "2 actions were agreed; the first is due on 2026-05-19, the last on 2026-05-26."
    )


def test_a_clean_walk_is_told_as_such():
    clean = facts(findings=(), critical=(), grade_title="", sections=(section(questions=3, answered=2),))
    assert summary(clean, ENGLISH) == (
        "2 of 3 questions were answered. The score is 82.4\u00a0%. No findings were raised. No critical item failed."
    )


def test_critical_items_are_not_mentioned_where_there_are_none():
    plain = facts(findings=(), critical=(), score=None, sections=())
    assert summary(plain, ENGLISH) == "No findings were raised."


def test_one_action_is_told_in_the_singular():
    one = facts(findings=(finding(actions=(action(1),)),))
    assert "One action was agreed, due on 2026-05-19." in summary(one, ENGLISH)


def test_the_gravest_grade_comes_first():
    found = (finding(1, grade="good", tone="good"), finding(2, grade="major", tone="poor"), finding(3, tone="fair"))
    assert [tone for _, tone, _ in grades(found)] == ["poor", "fair", "good"]


def test_what_is_scored_apart_and_what_is_open_stand_beside_the_score():
    told = summary(facts(scales=(ScaleFacts("Compliance", 75.0),), share_unanswered=0.25), ENGLISH)
    assert "25\u00a0% of what counts for it was not answered. Compliance is scored apart: 75\u00a0%." in told


def test_answers_that_were_settled_later_are_told():
    assert "was settled after it was concluded" in summary(facts(settled_since=True), ENGLISH)
    assert "settled" not in summary(facts(), ENGLISH)
