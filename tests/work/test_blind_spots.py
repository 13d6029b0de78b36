"""What customers complain of against what walks look at, and what is gone to and seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.work.complaining import complain
from tests.work.conftest import template_of

from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.places import Level
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.forms.measures import measures
from gemba.work import conduct, go_and_see
from gemba.work.blind_spots import Sight, blind_spots, cell_records
from gemba.work.import_template import import_template
from gemba.work.places import add_place
from gemba.work.process_maps import add_step, make_map
from gemba.work.question_steps import tie
from gemba.work.raise_finding import raise_finding


@pytest.fixture
def tied(desk):
    """Path of a question of the rotation that looks at `tidy`, with an answer that scores and one that does not."""
    template = template_of(desk, "rotation")
    step = add_step(desk, make_map(desk, "Back office").uid, "Tidy", code="tidy").uid
    form = conduct.form_of(desk, template)
    found = next(
        each for each in measures(form).values() if each.scores and None in each.scores.values() and not each.many
    )
    tie(desk, step, template.uid, found.path)
    assert found.scores is not None
    scoring = next(name for name, score in found.scores.items() if score is not None)
    none = next(name for name, score in found.scores.items() if score is None)
    return found.path, scoring, none


def test_an_answer_looks_unless_it_says_that_it_does_not_apply(desk, place, tied):
    path, scoring, does_not_apply = tied
    audit = conduct.start(desk, template_of(desk, "rotation").uid, place).uid
    complain(desk, step="tidy", place=place, severity="high")
    assert blind_spots(desk).cell("tidy", place).sight is Sight.BLIND
    conduct.answer(desk, audit, path, does_not_apply)
    assert blind_spots(desk).cell("tidy", place).sight is Sight.BLIND
    conduct.answer(desk, audit, path, scoring)
    cell = blind_spots(desk).cell("tidy", place)
    assert (cell.sight, cell.complaints, cell.weight, cell.looked) == (Sight.BOTH, 1, 4, 1)
    behind = cell_records(desk, "tidy", place)
    assert [each.uid for each in behind.walks] == [audit]
    assert len(behind.complaints) == 1


def test_areas_belong_to_their_site_and_what_names_no_place_stands_apart(desk, place):
    area = add_place(desk, "Counter", level=Level.AREA, parent=place).uid
    complain(desk, step="queue", place=area)
    complain(desk, step="queue")
    complain(desk)
    matrix = blind_spots(desk)
    assert [uid for uid, _ in matrix.columns] == [place, ""]
    assert matrix.cell("queue", place).complaints == 1
    assert matrix.uncoded == 1
    assert len(cell_records(desk, "queue", "").complaints) == 1
    assert len(cell_records(desk, "queue", place).complaints) == 1


def test_a_finding_and_an_alert_seen_look_too(desk, place, audit):
    for step in ("queue", "till", "door"):
        complain(desk, step=step, place=place)
    raise_finding(desk, audit, grade=FindingGrade.MINOR, text="Long", criterion="Short", step="queue")
    alert = go_and_see.raise_alert(desk, "Is the till open?", place=place, step="till").uid
    assert [cell.code for cell in blind_spots(desk).blind()] == ["door", "till"]
    go_and_see.see(desk, alert, "It is open from ten")
    matrix = blind_spots(desk)
    assert [cell.code for cell in matrix.blind()] == ["door"]
    assert [each.uid for each in cell_records(desk, "till", place).alerts] == [alert]
    assert matrix.untraced == 1, "the area audit does not say what its questions look at"


def test_the_heaviest_blind_spot_comes_first_and_old_ones_are_gone(desk, place):
    complain(desk, step="small", place=place, severity="low")
    complain(desk, step="large", place=place, severity="critical")
    complain(desk, desk.clock().date() - timedelta(days=400), step="old", place=place)
    matrix = blind_spots(desk)
    assert [code for code, _ in matrix.rows] == ["large", "small"]
    assert [code for code, _ in blind_spots(desk, begins=matrix.begins - timedelta(days=300)).rows] == [
        "large",
        "old",
        "small",
    ]


def test_causes_are_looked_at_by_findings_only(desk, place):
    complain(desk, cause="training", place=place)
    assert blind_spots(desk, facet=Facet.CAUSE).cell("training", place).sight is Sight.BLIND
    with pytest.raises(Refusal, match="matrix_facet"):
        blind_spots(desk, facet=Facet.PRODUCT)


_SAYING = b"""\
| survey   |           |         |               |                   |
|          | type      | name    | label         | bind::gemba:step  |
|          | text      | remark  | What was seen | queue             |
|          | begin repeat | stop | Stop         |                   |
|          | text      | told    | What was told | door              |
|          | end repeat |        |               |                   |
| settings |           |         |               |                   |
|          | form_id   | form_title | namespaces |                   |
|          | steps     | Steps   | gemba="https://gemba.example/xforms" | |
"""


def test_a_template_may_say_what_its_questions_look_at_in_repeats_too(desk, place):
    template = import_template(desk, _SAYING, "steps.md").uid
    walk = conduct.start(desk, template, place).uid
    for step in ("queue", "door"):
        complain(desk, step=step, place=place)
    conduct.answer(desk, walk, "/data/remark", "Four wait")
    assert blind_spots(desk).cell("queue", place).sight is Sight.BOTH
    assert blind_spots(desk).cell("door", place).sight is Sight.BLIND
    conduct.answer(desk, walk, "/data/stop[2]/told", "It sticks")
    matrix = blind_spots(desk)
    assert matrix.cell("door", place).sight is Sight.BOTH
    assert matrix.untraced == 0
    finding = raise_finding(desk, walk, grade=FindingGrade.MINOR, text="Sticks", path="/data/stop[2]/told").uid
    with desk.reader() as reader:
        assert reader.get(Finding, finding).step == "door"
