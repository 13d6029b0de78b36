"""Two judgements in one question are noticed; a list of things is not."""

from __future__ import annotations

import pytest

from gemba.forms.book import read_book
from gemba.forms.editing.problems import problems
from gemba.forms.editing.two_things import asks_two_things
from gemba.shipped import resource


@pytest.mark.parametrize(
    "words",
    [
        "Is the floor clean and dry?",
        "The till is open and has a sign.",
        "Staff were polite and they were quick.",
        "Was the queue short? Was it moving?",
        "Signs and/or labels are missing.",
        "Le sol est propre et sec.",
        "Der Boden ist sauber und trocken.",
        "El suelo está limpio y seco.",
    ],
)
def test_two_judgements_are_two_things(words):
    assert asks_two_things(words)


@pytest.mark.parametrize(
    "words",
    [
        "Forms or supplies lie here.",
        "Are staff friendly to men and women?",
        "The line between cause and effect is drawn.",
        "Bread and butter are fresh.",
        "Was the customer told what happens next?",
        "Les clients et les collègues sont servis.",
        "",
    ],
)
def test_a_list_is_one_thing(words):
    assert not asks_two_things(words)


def test_the_starter_library_asks_one_thing_at_a_time():
    files = sorted(resource("templates").glob("*.xlsx"))
    assert files
    found = [
        (file.name, problem.row)
        for file in files
        for problem in problems(read_book(file.read_bytes(), file.name))
        if problem.code == "two_things"
    ]
    assert found == []
