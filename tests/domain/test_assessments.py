"""Answers meet by what they answer, not by who wrote them."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.assessments import answer_uid

uids = st.uuids().map(str)
paths = st.from_regex(r"\A(/[a-z_]{1,8}(\[[1-9]\])?){1,4}\Z")


@given(uids, paths)
def test_the_same_question_of_the_same_assessment_is_the_same_answer(assessment, path):
    assert answer_uid(assessment, path) == answer_uid(assessment, path)
    assert str(uuid.UUID(answer_uid(assessment, path))) == answer_uid(assessment, path)


@given(uids, paths, uids, paths)
def test_another_question_or_assessment_is_another_answer(assessment, path, other_assessment, other_path):
    same = (assessment, path) == (other_assessment, other_path)
    assert (answer_uid(assessment, path) == answer_uid(other_assessment, other_path)) == same


def test_the_uid_never_changes_between_versions_of_the_program():
    """Written down once: stores and packs of every version must agree on it."""
    found = answer_uid("019ab000-0000-7000-8000-000000000001", "/data/queue[2]/wait")
    assert found == "09678a21-3f8c-561f-ab60-e0a69baadb79"


def test_repeats_are_different_questions():
    assessment = "019ab000-0000-7000-8000-000000000001"
    assert len({answer_uid(assessment, f"/data/queue[{n}]/wait") for n in range(1, 50)}) == 49
