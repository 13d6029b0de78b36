"""What is found wrong, and how it is mended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.forms.editing.making import EN, FR, row_of, xform

from gemba.forms.book import Book, read_book
from gemba.forms.editing import fixes, problem_words
from gemba.forms.editing.problems import faults, problems
from gemba.shipped import resource

BREAK = {
    "no_title": lambda book: book.settings.rows[0].pop("form_title"),
    "no_form_id": lambda book: book.settings.rows[0].pop("form_id"),
    "stray_end": lambda book: book.survey.rows.insert(0, {"type": "end_group"}),
    "wrong_end": lambda book: book.survey.rows[3].update(type="end_repeat"),
    "not_closed": lambda book: book.survey.rows.pop(7),
    "no_name": lambda book: book.survey.rows[1].pop("name"),
    "bad_name": lambda book: book.survey.rows[5].update(name="the wait"),
    "reserved_name": lambda book: book.survey.rows[8].update(name="meta"),
    "double_name": lambda book: book.survey.rows[2].update(name="open", relevant=""),
    "unknown_type": lambda book: book.survey.rows[2].update(type="hologram"),
    "empty_section": lambda book: book.survey.rows.__delitem__(slice(1, 3)),
    "no_number": lambda book: book.choices.rows[0].update(score="much"),
    "bad_draw": lambda book: [
        book.survey.columns.append("bind::gemba:draw"),
        book.settings.columns.append("namespaces"),
        book.settings.rows[0].update(namespaces='gemba="https://gemba.example/xforms"'),
        book.survey.rows[0].update({"bind::gemba:draw": "a few"}),
    ],
    "no_calculation": lambda book: book.survey.rows[8].pop("calculation"),
    "two_things": lambda book: book.survey.rows[1].update({EN: "Is it clean and open?"}),
    "no_label": lambda book: [book.survey.rows[1].pop(EN), book.survey.rows[1].pop(FR)],
    "untranslated": lambda book: book.survey.rows[1].pop(FR),
    "open_reference": lambda book: book.survey.rows[2].update(relevant="${open = 'no'"),
    "lost_reference": lambda book: book.survey.rows[2].update(relevant="${opened} = 'no'"),
    "broken_rule": lambda book: book.survey.rows[2].update(relevant="${open} = = 'no'"),
    "about_itself": lambda book: book.survey.rows[2].update(relevant="${why} != ''"),
    "unused_list": lambda book: book.choices.rows.append({"list_name": "old", "name": "x", EN: "X", FR: "X"}),
    "no_list": lambda book: book.survey.rows[1].update(type="select_one"),
    "lost_list": lambda book: book.survey.rows[1].update(type="select_one gone"),
    "critical_unscored": lambda book: [
        book.survey.columns.append("bind::gemba:critical"),
        book.settings.columns.append("namespaces"),
        book.settings.rows[0].update(namespaces='gemba="https://gemba.example/xforms"'),
        book.survey.rows[5].update({"bind::gemba:critical": "yes"}),
    ],
    "choice_unnamed": lambda book: book.choices.rows[3].pop("name"),
    "choice_spaces": lambda book: book.choices.rows[3].update(name="too few"),
    "choice_double": lambda book: book.choices.rows[3].update(name="till"),
    "choice_unlabelled": lambda book: [book.choices.rows[3].pop(EN), book.choices.rows[3].pop(FR)],
    "nothing_required": lambda book: book.survey.rows[1].pop("required"),
}


def numbered(book: Book) -> Book:
    for sheet in book.sheets.values():
        sheet.numbers = [0] * len(sheet.rows)
    return book


def test_a_checklist_in_order_has_no_problem(book):
    assert [problem.code for problem in problems(book)] == []
    xform(book)


def test_no_shipped_checklist_has_a_fault():
    for file in sorted(Path(str(resource("templates"))).glob("*.xlsx")):
        assert faults(read_book(file.read_bytes(), file.name)) == [], file.name


@pytest.mark.parametrize("code", BREAK)
def test_each_problem_is_found_told_and_mended(book, code):
    BREAK[code](book)
    numbered(book)
    found = [problem for problem in problems(book) if problem.code == code]
    assert found, [problem.code for problem in problems(book)]
    words = problem_words.problem_words(found[0])
    assert words
    assert not re.search(r"[{}?]\w*\}", words.replace("${", ""))
    if found[0].fix:
        assert problem_words.fix_words(found[0])
        mended = fixes.mend(book, found[0]).book
        again = [problem for problem in problems(mended) if problem.code == code]
        assert len(again) < len(found)
        if not faults(mended):
            xform(mended)


def test_every_problem_that_can_be_found_has_words_and_every_fix_is_known():
    folder = Path(fixes.__file__).parent
    source = "".join(file.read_text("utf-8") for file in folder.glob("*problems.py"))
    codes = set(re.findall(r'Problem\(\s*"(\w+)"', source))
    assert codes == problem_words.CODES - {"conversion"} == set(BREAK) | {"no_questions"}
    assert set(re.findall(r'fix="(\w+)"', source)) <= fixes.FIXES


def test_an_empty_checklist_has_no_question():
    assert "no_questions" in [problem.code for problem in problems(Book())]
    assert row_of
