"""What is worth another look before concluding is told to whoever fills, and kept nowhere."""

from __future__ import annotations

import io
import random
from datetime import timedelta

import pytest
from PIL import Image

from gemba.domain.conclusions import Conclusion
from gemba.store import transit
from gemba.work import conduct
from gemba.work.attach_evidence import attach
from gemba.work.conclude import conclude, correct
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.quality import quality
from gemba.work.time_spent import add_time

LIST = "\n".join(f"| | select_one yn | q{number} | Question {number}? |" for number in range(12))
FORM = (
    "| survey |\n| | type | name | label |\n| | begin group | s | S |\n"
    + LIST
    + "\n| | end group | | |\n| choices |\n| | list_name | name | label |\n| | yn | yes | Yes |\n| | yn | no | No |\n"
    + "| settings |\n| | form_id | version | namespaces | attribute::gemba:budget_minutes |\n"
    + '| | dozen | 1 | gemba="https://gemba.example/xforms" | 5 |\n'
)  # fmt: skip


@pytest.fixture
def dozen(desk: Desk) -> str:
    return import_template(desk, FORM.encode(), "dozen.md").uid


def walk(desk: Desk, template: str, place: str, answers: str, *, seconds: int = 0) -> str:
    """A draft with one letter an answer: y, n or a space for none."""
    uid = conduct.start(desk, template, place).uid
    words = {"y": "yes", "n": "no"}
    conduct.answer_all(
        desk, uid, {f"/data/s/q{at}": words[each] for at, each in enumerate(answers) if each in words}
    )  # fmt: skip
    add_time(desk, uid, seconds)
    return uid


def codes(desk: Desk, uid: str) -> list[str]:
    return [signal.code for signal in quality(desk, uid).signals]


def picture(seed: int, taken: str = "") -> bytes:
    chance = random.Random(seed)
    made = Image.new("L", (8, 8))
    made.putdata([chance.randrange(256) for _ in range(64)])
    made = made.resize((640, 480))
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    out = io.BytesIO()
    made.convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_an_ordinary_walk_raises_nothing(desk: Desk, dozen: str, place: str) -> None:
    uid = walk(desk, dozen, place, "ynyynynyynyn", seconds=240)
    found = quality(desk, uid)
    assert found.signals == ()
    assert (found.seconds, found.budget_seconds) == (240, 300)


def test_one_answer_all_the_way_down_is_named_with_its_questions(desk: Desk, dozen: str, place: str) -> None:
    (signal,) = quality(desk, walk(desk, dozen, place, "yyyyyyyyyyyn")).signals
    assert signal.words == "11 questions in a row were answered “Yes”."
    assert signal.paths[0] == "/data/s/q0"


def test_a_pace_far_below_the_own_usual_one_is_named(desk: Desk, dozen: str, place: str) -> None:
    for _ in range(3):
        conclude(desk, walk(desk, dozen, place, "ynyynynyynyn", seconds=240))
    assert codes(desk, walk(desk, dozen, place, "ynyynynyynyn", seconds=60)) == ["fast"]
    assert codes(desk, walk(desk, dozen, place, "ynyynynyynyn", seconds=200)) == []


def test_time_to_fill_is_kept_with_the_conclusion(desk: Desk, dozen: str, place: str) -> None:
    uid = walk(desk, dozen, place, "ynyynynyynyn", seconds=100)
    add_time(desk, uid, 20)
    conclude(desk, uid)
    with desk.reader() as reader:
        assert reader.find(Conclusion, assessment=uid)[0].seconds == 120


def test_a_photo_used_before_is_named_but_not_in_a_correction(desk: Desk, dozen: str, place: str) -> None:
    first = walk(desk, dozen, place, "ynyynynyynyn")
    attach(desk, first, picture(1), "door.jpg", path="/data/s/q1")
    second = walk(desk, dozen, place, "ynyynynyynyn")
    attach(desk, second, picture(2), "till.jpg", path="/data/s/q1")
    assert codes(desk, second) == []
    attach(desk, second, picture(1), "again.jpg", path="/data/s/q2")
    assert codes(desk, second) == ["photo_again"]


def test_a_correction_may_show_the_same_photos(desk: Desk, dozen: str, place: str) -> None:
    first = walk(desk, dozen, place, "ynyynynyynyn")
    attach(desk, first, picture(1), "door.jpg", path="/data/s/q1")
    conclude(desk, first)
    assert codes(desk, correct(desk, first).uid) == []


def test_a_photo_from_another_day_is_named(desk: Desk, dozen: str, place: str) -> None:
    uid = walk(desk, dozen, place, "ynyynynyynyn")
    attach(desk, uid, picture(3, "2020:01:01 08:00:00"), "old.jpg", path="/data/s/q1")
    now = (desk.clock() + timedelta(minutes=1)).strftime("%Y:%m:%d %H:%M:%S")
    attach(desk, uid, picture(4, now), "new.jpg", path="/data/s/q1")
    assert [signal.words for signal in quality(desk, uid).signals] == ["old.jpg was taken outside this visit."]


def test_notes_copied_from_the_last_walk_are_named(desk: Desk, dozen: str, place: str) -> None:
    first = walk(desk, dozen, place, "ynyynynyynyn")
    conduct.note(desk, first, "/data/s/q1", "The sign stands behind a plant.")
    conclude(desk, first)
    second = walk(desk, dozen, place, "ynyynynyynyn")
    conduct.note(desk, second, "/data/s/q1", "the sign stands behind a plant")
    conduct.note(desk, second, "/data/s/q2", "Nobody was at the counter at ten.")
    (signal,) = quality(desk, second).signals
    assert (signal.code, signal.paths) == ("note_again", ("/data/s/q1",))


def test_nothing_of_it_is_written(desk: Desk, dozen: str, place: str) -> None:
    uid = walk(desk, dozen, place, "yyyyyyyyyyyn")

    def journal() -> object:
        with desk.reader() as reader:
            return transit.unsent_ranges(reader)

    before = journal()
    assert quality(desk, uid).signals
    assert journal() == before
