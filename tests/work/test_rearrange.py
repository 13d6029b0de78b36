"""Repeats are added, copied, moved, taken out and brought back, with everything that stands in them."""

from __future__ import annotations

import io
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.conftest import Clock, reopen

from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.errors import Refusal
from gemba.store import keys
from gemba.work import conduct, rearrange
from gemba.work.attach_evidence import attach
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.raise_finding import raise_finding

PEOPLE = "/data/person"
NAMES = ("Ana", "Bo", "Cy", "Di")


def people_form() -> bytes:
    """A repeat of people, each with a repeat of the tools that they use."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (
        ("type", "name", "label", "calculation"),
        ("text", "hall", "Hall", None),
        ("begin_repeat", "person", "Person", None),
        ("text", "name", "Name", None),
        ("integer", "years", "Years here", None),
        ("calculate", "months", None, "${years} * 12"),
        ("begin_repeat", "tool", "Tool", None),
        ("text", "what", "What is it?", None),
        ("end_repeat", None, None, None),
        ("end_repeat", None, None, None),
    ):
        sheet.append(row)
    settings_sheet = book.create_sheet("settings")
    settings_sheet.append(("form_title", "form_id", "version"))
    settings_sheet.append(("People", "people", "1"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def people(desk: Desk, place: str) -> str:
    """The uid of an assessment with four people, a photo and a finding at the third."""
    template = import_template(desk, people_form(), "people.xlsx").uid
    uid = conduct.start(desk, template, place).uid
    conduct.answer_all(desk, uid, {f"{PEOPLE}[{n}]/name": name for n, name in enumerate(NAMES, 1)})
    conduct.answer_all(desk, uid, {f"{PEOPLE}[3]/tool[{n}]/what": what for n, what in ((1, "saw"), (2, "file"))})
    conduct.note(desk, uid, f"{PEOPLE}[3]/name", "met twice")
    attach(desk, uid, b"words", "talk.txt", path=f"{PEOPLE}[3]/years")
    raise_finding(
        desk, uid, path=f"{PEOPLE}[3]/name", criterion="Gloves", grade=FindingGrade.OPPORTUNITY, text="No gloves"
    )
    return uid


def names(desk: Desk, uid: str) -> list[str]:
    """The names in order, as a fresh look into the store finds them."""
    fill = conduct.open_sheet(desk, uid).fill
    return [fill.view(f"{PEOPLE}[{n}]/name").value for n in range(1, fill.repeats(PEOPLE) + 1)]


def beside(desk: Desk, uid: str) -> tuple[dict[str, str], list[str], list[str]]:
    """Notes, and the paths of evidence that counts and of findings."""
    sheet = conduct.open_sheet(desk, uid)
    return sheet.notes, [item.path for item in sheet.evidence], [finding.path for finding in sheet.findings]


def test_everything_in_a_repeat_goes_with_it_when_it_moves(desk: Desk, people: str) -> None:
    rearrange.move(desk, people, PEOPLE, 3, 1)
    assert names(desk, people) == ["Cy", "Ana", "Bo", "Di"]
    assert beside(desk, people) == ({f"{PEOPLE}[1]/name": "met twice"}, [f"{PEOPLE}[1]/years"], [f"{PEOPLE}[1]/name"])
    fill = conduct.open_sheet(desk, people).fill
    assert [fill.view(f"{PEOPLE}[1]/tool[{n}]/what").value for n in (1, 2)] == ["saw", "file"]
    assert fill.repeats(f"{PEOPLE}[3]/tool") == 0


def test_any_of_a_repeat_is_taken_out_and_brought_back(desk: Desk, people: str) -> None:
    before = beside(desk, people)
    rearrange.take_out(desk, people, PEOPLE, 3)
    assert names(desk, people) == ["Ana", "Bo", "Di"]
    assert beside(desk, people) == ({}, [], [""])
    rearrange.bring_back(desk, people)
    assert names(desk, people) == list(NAMES)
    assert beside(desk, people) == before
    fill = conduct.open_sheet(desk, people).fill
    assert [fill.view(f"{PEOPLE}[3]/tool[{n}]/what").value for n in (1, 2)] == ["saw", "file"]


def test_what_changed_meanwhile_stays_when_one_is_brought_back(desk: Desk, people: str) -> None:
    rearrange.take_out(desk, people, PEOPLE, 2, token="a")
    conduct.answer(desk, people, f"{PEOPLE}[2]/name", "Cyra")
    rearrange.bring_back(desk, people, token="a")
    assert names(desk, people) == ["Ana", "Bo", "Cyra", "Di"]
    with pytest.raises(Refusal, match=r"work\.nothing_taken_out"):
        rearrange.bring_back(desk, people)


def test_a_copy_stands_right_after_with_its_answers(desk: Desk, people: str) -> None:
    rearrange.add(desk, people, PEOPLE, 4, {f"{PEOPLE}[4]/name": ("Cy", "given")})
    assert names(desk, people) == ["Ana", "Bo", "Cy", "Cy", "Di"]
    assert beside(desk, people)[1] == [f"{PEOPLE}[3]/years"], "the photo stays with the first"


def test_an_empty_one_at_the_end_is_there_when_the_sheet_is_opened_again(desk: Desk, people: str) -> None:
    rearrange.add(desk, people, PEOPLE, 5)
    rearrange.add(desk, people, f"{PEOPLE}[5]/tool", 1)
    assert names(desk, people) == [*NAMES, ""]
    fill = conduct.open_sheet(desk, people).fill
    assert fill.repeats(f"{PEOPLE}[5]/tool") == 1
    assert all(not path.endswith("]") for path in fill.answers()), "nothing is answered by that"
    rearrange.take_out(desk, people, PEOPLE, 5)
    assert names(desk, people) == list(NAMES)
    rearrange.bring_back(desk, people)
    rearrange.move(desk, people, PEOPLE, 5, 4)
    assert names(desk, people) == ["Ana", "Bo", "Cy", "", "Di"]


def test_an_empty_one_that_was_there_from_the_start_stays_when_it_becomes_the_last(desk: Desk, people: str) -> None:
    conduct.answer(desk, people, f"{PEOPLE}[1]/name", "")
    rearrange.move(desk, people, PEOPLE, 1, 4)
    assert names(desk, people) == ["Bo", "Cy", "Di", ""]


def test_an_inner_repeat_is_rearranged_alone(desk: Desk, people: str) -> None:
    rearrange.move(desk, people, f"{PEOPLE}[3]/tool", 2, 1)
    fill = conduct.open_sheet(desk, people).fill
    assert [fill.view(f"{PEOPLE}[3]/tool[{n}]/what").value for n in (1, 2)] == ["file", "saw"]
    assert names(desk, people) == list(NAMES)


def test_a_photo_that_was_taken_away_goes_along(desk: Desk, people: str) -> None:
    with desk.unit() as unit:
        [item] = unit.find(Evidence, assessment=people)
        unit.change(Evidence, item.uid, removed=True)
    rearrange.move(desk, people, PEOPLE, 3, 4)
    rearrange.take_out(desk, people, PEOPLE, 1)
    rearrange.bring_back(desk, people)
    with desk.reader() as reader:
        [item] = reader.find(Evidence, assessment=people)
    assert (item.path, item.removed) == (f"{PEOPLE}[4]/years", True)


def test_a_finding_keeps_its_words_when_its_repeat_goes(desk: Desk, people: str) -> None:
    rearrange.take_out(desk, people, PEOPLE, 3)
    with desk.reader() as reader:
        [finding] = reader.find(Finding, assessment=people)
    assert (finding.criterion, finding.text) == ("Gloves", "No gloves")


def test_nothing_is_rearranged_once_it_is_concluded(desk: Desk, people: str) -> None:
    conclude(desk, people)
    with pytest.raises(Refusal, match=r"work\.frozen"):
        rearrange.move(desk, people, PEOPLE, 1, 2)
    with pytest.raises(Refusal, match=r"work\.frozen"):
        rearrange.take_out(desk, people, PEOPLE, 1)


_step = st.tuples(st.sampled_from(("move", "out", "back", "add")), st.integers(1, 6), st.integers(1, 6))


@given(st.lists(_step, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_store_reads_as_a_list_would(desk: Desk, place: str, steps: list[tuple[str, int, int]]) -> None:
    with desk.reader() as reader:
        from gemba.domain.templates import Template

        found = reader.find(Template, form_id="people")
    template = found[0].uid if found else import_template(desk, people_form(), "people.xlsx").uid
    uid = conduct.start(desk, template, place).uid
    conduct.answer_all(desk, uid, {f"{PEOPLE}[{n}]/name": name for n, name in enumerate(NAMES, 1)})
    model, out, fresh = list(NAMES), list[tuple[int, str]](), 0
    for verb, one, other in steps:
        number, to = min(one, len(model)), min(other, len(model))
        if verb == "move":
            rearrange.move(desk, uid, PEOPLE, number, to)
            model.insert(to - 1, model.pop(number - 1))
        elif verb == "out" and len(model) > 1:
            rearrange.take_out(desk, uid, PEOPLE, number)
            out.append((number, model.pop(number - 1)))
        elif verb == "back" and out and out[-1][0] <= len(model) + 1:
            rearrange.bring_back(desk, uid)
            place_, name = out.pop()
            model.insert(place_ - 1, name)
        elif verb == "add":
            fresh += 1
            name = f"new {fresh}" if other % 2 else ""  # every second one stays empty, and stays
            at = len(model) + 1 if one > len(model) else number
            rearrange.add(desk, uid, PEOPLE, at, {f"{PEOPLE}[{at}]/name": (name, "given")} if name else None)
            model.insert(at - 1, name)
        assert names(desk, uid) == model


def test_a_cut_in_the_middle_leaves_everything_as_before_or_as_after(desk: Desk, people: str, ticking: Clock) -> None:
    folder = desk.store.folder
    desk.store.close()
    program = [sys.executable, str(Path(__file__).with_name("rearranging.py")), str(folder), people, PEOPLE]
    chance, key = random.Random(7), keys.find_key(folder, passphrase=None)
    turns = [list(NAMES)]
    for _ in range(3):
        first, second, third, last = turns[-1]
        turns.append([second, third, first, last])
    for _ in range(4):
        child = subprocess.Popen(program, stdout=subprocess.PIPE)
        assert child.stdout is not None
        for _ in range(chance.randint(2, 5)):
            assert child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        again = reopen(folder, key, ticking)
        order = names(again, people)
        notes, evidence, findings = beside(again, people)
        again.store.close()
        assert order in turns
        here = f"{PEOPLE}[{order.index('Cy') + 1}]"
        assert (notes, evidence, findings) == ({f"{here}/name": "met twice"}, [f"{here}/years"], [f"{here}/name"])
