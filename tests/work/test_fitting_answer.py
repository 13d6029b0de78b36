"""An answer must fit its question, whichever way it comes."""

from __future__ import annotations

import pytest

from gemba.errors import Refusal
from gemba.wording import sentence
from gemba.work import conduct
from gemba.work.desk import Desk
from gemba.work.fitting_answer import demand_fitting
from gemba.work.import_template import import_template

FORM = (
    "| survey |\n| | type | name | label | relevant | constraint | calculation |\n"
    "| | select_one yn | tidy | Tidy? | | | |\n| | integer | waited | How many waited? | | . < 100 | |\n"
    "| | text | why | Why not? | ${tidy} = 'no' | | |\n| | calculate | twice | | | | ${waited} * 2 |\n"
    "| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n| | yn | no | No |\n"
    "| settings |\n| | form_id | version |\n| | fitting | 1 |\n"
)


@pytest.fixture
def sheet(desk: Desk, place: str) -> conduct.Sheet:
    uid = conduct.start(desk, import_template(desk, FORM.encode(), "fitting.md").uid, place).uid
    return conduct.open_sheet(desk, uid)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("tidy", "nonsense", "work.answer_not_fitting"),
        ("waited", "many", "work.answer_not_fitting"),
        ("waited", "100", "work.answer_refused"),
        ("why", "Boxes", "work.question_hidden"),
        ("twice", "4", "work.question_read_only"),
    ],
)
def test_what_does_not_fit_is_refused(sheet: conduct.Sheet, name: str, value: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        demand_fitting(sheet, f"/data/{name}", name, value)
    assert refused.value.code == code
    assert name in sentence(refused.value)


@pytest.mark.parametrize(("name", "value"), [("tidy", "yes"), ("tidy", ""), ("waited", "99"), ("waited", "")])
def test_what_fits_is_let_through(sheet: conduct.Sheet, name: str, value: str) -> None:
    demand_fitting(sheet, f"/data/{name}", name, value)
