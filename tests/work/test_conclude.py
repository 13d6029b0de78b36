from __future__ import annotations

import random

import pytest
from tests.work.conftest import template_of

from gemba.domain.assessments import Answer, Assessment, AssessmentState
from gemba.domain.evidence import Evidence
from gemba.domain.walks import Observation, ObservationSort
from gemba.errors import Refusal
from gemba.work import conduct, observations
from gemba.work.attach_evidence import attach
from gemba.work.conclude import conclude, conclusion_of, correct, outlook
from gemba.work.conduct import open_sheet
from gemba.work.demonstrate_filling import fill_in
from gemba.work.desk import Desk


def fill_all(desk: Desk, assessment: str, spirit: float = 0.9) -> None:
    fill = open_sheet(desk, assessment).fill
    conduct.answer_all(desk, assessment, fill_in(fill, random.Random(1), 1.0, spirit, desk.clock()))


def test_what_is_missing_is_named_and_blocks(desk: Desk, audit: str) -> None:
    found = outlook(desk, audit)
    assert not found.ready
    assert all(need.label and need.why for need in found.missing)
    with pytest.raises(Refusal, match=r"work\.not_complete"):
        conclude(desk, audit)
    with desk.reader() as reader:
        assert reader.find(Assessment)[0].state is AssessmentState.DRAFT


def test_concluding_freezes_score_and_grade(desk: Desk, audit: str) -> None:
    fill_all(desk, audit)
    expected = outlook(desk, audit)
    conclude(desk, audit, "A good day.")
    with desk.reader() as reader:
        assessment = reader.find(Assessment)[0]
        conclusion = conclusion_of(reader, audit)
    assert conclusion is not None
    assert assessment.state is AssessmentState.CONCLUDED
    assert assessment.score == conclusion.score == expected.outcome.score
    assert assessment.grade == conclusion.grade == expected.outcome.grade
    assert conclusion.summary == "A good day."
    assert sum(section.questions for section in conclusion.sections) >= 25


def test_concluding_twice_is_refused(desk: Desk, audit: str) -> None:
    fill_all(desk, audit)
    conclude(desk, audit)
    with pytest.raises(Refusal, match=r"work\.frozen"):
        conclude(desk, audit)


def test_a_correction_is_a_new_record_that_names_what_it_corrects(desk: Desk, audit: str, queue_photo: bytes) -> None:
    fill_all(desk, audit)
    attach(desk, audit, queue_photo, "queue.jpg")
    conclude(desk, audit)
    with desk.reader() as reader:
        before = reader.find(Assessment)[0]
        answers = {answer.path: answer.value for answer in reader.find(Answer, assessment=audit)}
    new = correct(desk, audit).uid
    with desk.reader() as reader:
        assert reader.get(Assessment, audit) == before
        correction = reader.get(Assessment, new)
        copied = {answer.path: answer.value for answer in reader.find(Answer, assessment=new)}
        evidence = reader.find(Evidence, assessment=new)
    assert correction is not None
    assert correction.corrects == audit
    assert correction.state is AssessmentState.DRAFT
    assert correction.score is None
    assert copied.items() <= answers.items()
    assert copied
    assert [item.name for item in evidence] == ["queue.jpg"]


def test_only_one_correction_at_a_time(desk: Desk, audit: str) -> None:
    with pytest.raises(Refusal, match=r"work\.draft_needs_no_correction"):
        correct(desk, audit)
    fill_all(desk, audit)
    conclude(desk, audit)
    correct(desk, audit)
    with pytest.raises(Refusal, match=r"work\.corrected_already"):
        correct(desk, audit)


def test_a_correction_copies_what_was_seen_and_told_and_not_what_was_taken_away(desk, place) -> None:
    walk = conduct.start(desk, template_of(desk, "walk").uid, place).uid
    for text in ("A queue", "A mistake"):
        last = observations.observe(desk, walk, observations.Noted(sort=ObservationSort.SEEN, text=text)).uid
    observations.remove_observation(desk, last)
    with desk.unit() as unit:
        unit.change(Assessment, walk, state=AssessmentState.CONCLUDED)
    again = correct(desk, walk).uid
    with desk.reader() as reader:
        assert [one.text for one in reader.find(Observation, assessment=again)] == ["A queue"]
        assert len(reader.find(Observation, assessment=walk)) == 2
