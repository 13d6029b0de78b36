"""What a checklist comes to: hand-calculated cases, on forms written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.forms.definition import Form
from gemba.forms.filling import Fill
from gemba.forms.reading import read

CHOICES = (("Y", "1"), ("P", "0.5"), ("N", "0"), ("NA", ""))


def checklist(sections: Mapping[str, tuple[str, Sequence[tuple[str, str, str]]]]) -> Form:
    """A form of weighted sections with weighted yes / partly / no / not applicable items.

    Args:
        sections: by name, the section's weight and its items (name, weight, critical).
    """
    from openpyxl import Workbook

    book = Workbook()
    survey = book.active
    survey.title = "survey"
    survey.append(["type", "name", "label", "bind::gemba:weight", "bind::gemba:critical", "bind::gemba:section_weight"])
    for name, (weight, items) in sections.items():
        survey.append(["begin_group", name, name, "", "", weight])
        for item, item_weight, critical in items:
            survey.append(["select_one ypn", item, item, item_weight, critical, ""])
        survey.append(["end_group", "", "", "", "", ""])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label", "score"])
    for name, score in CHOICES:
        choices.append(["ypn", name, name, score])
    settings_sheet = book.create_sheet("settings")
    settings_sheet.append(["form_id", "form_title", "namespaces"])
    settings_sheet.append(["weights", "Weights", 'gemba="https://gemba.example/xforms"'])
    out = BytesIO()
    book.save(out)
    return read(out.getvalue(), name="weights.xlsx")


def filled(form: Form, answers: Mapping[str, str]) -> Fill:
    fill = Fill(form, now=lambda: datetime(2026, 3, 2, tzinfo=UTC))
    for name, value in answers.items():
        fill.set(fill.resolve(name), value)
    return fill


@pytest.fixture(scope="module")
def plain() -> Form:
    items = [("a", "1", ""), ("b", "1", ""), ("c", "1", ""), ("d", "2", ""), ("e", "2", "")]
    return checklist({"only": ("", items)})


@pytest.fixture(scope="module")
def weighted() -> Form:
    first = [("a", "1", ""), ("b", "1", ""), ("c", "1", ""), ("d", "1", "yes")]
    return checklist({"one": ("30", first), "two": ("70", [("e", "1", "")])})


def test_weights_and_what_does_not_apply(plain: Form) -> None:
    # Y 1, N 1, NA 1, Y 2, P 2: (1 + 0 + 2 + 1) / (1 + 1 + 2 + 2)
    score = filled(plain, {"a": "Y", "b": "N", "c": "NA", "d": "Y", "e": "P"}).score()
    assert score.percent == pytest.approx(66.6667, abs=1e-3)
    assert (score.points, score.possible) == (4.0, 6.0)


def test_nothing_answered_is_no_score(plain: Form) -> None:
    assert filled(plain, {}).score().percent is None
    assert filled(plain, {"c": "NA"}).score().percent is None


def test_a_section_counts_as_its_weight_says_however_many_items_it_has(weighted: Form) -> None:
    score = filled(weighted, {"a": "N", "b": "N", "c": "N", "d": "Y", "e": "Y"}).score()
    assert score.percent == pytest.approx(0.3 * 25 + 0.7 * 100)


def test_a_section_that_does_not_apply_leaves_its_weight_to_the_others(weighted: Form) -> None:
    assert filled(weighted, {"a": "Y", "e": "NA"}).score().percent == pytest.approx(100)


def test_a_failed_critical_item_is_listed_apart(weighted: Form) -> None:
    score = filled(weighted, {"d": "N", "e": "Y"}).score()
    assert [path.rsplit("/", 1)[1] for path in score.critical_failed] == ["d"]
    assert filled(weighted, {"d": "P"}).score().critical_failed == ()
    assert filled(weighted, {"d": "NA"}).score().critical_failed == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([name for name, _ in CHOICES]), min_size=5, max_size=5))
def test_a_better_answer_never_lowers_the_score(weighted: Form, given_answers: list[str]) -> None:
    names = ["a", "b", "c", "d", "e"]
    fill = filled(weighted, dict(zip(names, given_answers, strict=True)))
    before = fill.score().percent
    for name, value in zip(names, given_answers, strict=True):
        if value == "N":
            fill.set(fill.resolve(name), "Y")
            after = fill.score().percent
            assert after is not None
            assert before is None or after >= before - 1e-9
            before = after
