"""No text says "1 packs": a number brings the form of the word that fits it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.structure.test_sentences import ROOT

from gemba import wording
from gemba.errors import Refusal

COUNTED = re.compile(r"\{(n|count|packs|operations|files|pages|blobs|conflicts|erasures)\} ([a-z]+s)\b")
NO_NOUNS = {"is", "was", "has", "as", "of", "says", "stands", "needs", "others", "times", "arrangements"}


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 packs are here"), (1, "1 pack is here"), (2, "2 packs are here"), ("1", "1 pack is here")],
)
def test_a_number_brings_the_form_that_fits_it(count, said):
    assert wording.text("{n:pack is|packs are} here", n=count) == said


def test_a_made_up_language_keeps_the_forms(monkeypatch):
    monkeypatch.setattr(wording._Chosen, "language", wording.LONG)
    assert wording.text("{n:pack|packs}", n=1).startswith("1 ")
    assert "|" not in wording.text("{n:pack|packs}", n=2)


def test_a_language_with_three_forms_takes_each(monkeypatch):
    class Polish:
        def gettext(self, _source: str) -> str:
            return "{n:paczka|paczki|paczek}"

        def plural(self, n: int) -> int:
            return 0 if n == 1 else 1 if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} else 2

    monkeypatch.setattr(wording._Chosen, "catalogue", Polish())
    assert [wording.text("{n:pack|packs}", n=n) for n in (1, 3, 12)] == ["1 paczka", "3 paczki", "12 paczek"]


def test_what_no_number_is_takes_the_last_form():
    assert wording.sentence(Refusal("cli.check_failed")).startswith("The store has ? problems")


def test_sentences_of_failures_say_no_plural_after_a_number_that_may_be_one():
    wrong = []
    for file in sorted((ROOT / "resources/locale/sentences").glob("*.json")):
        for code, said in json.loads(file.read_text("utf-8")).items():
            wrong += [(code, word) for _, word in COUNTED.findall(said) if word not in NO_NOUNS]
    assert sorted(code for code, _ in wrong) == sorted(MORE_THAN_ONE), wrong


MORE_THAN_ONE = {
    "work.no_such_laptop",  # said of two and more
    "work.cohort_large",  # of many thousands
    "work.too_many_marks",
    "work.samples_apart",
}
"""Sentences whose number is never one."""


def test_texts_of_the_faces_say_no_plural_after_a_number_that_may_be_one():
    """Pages that everybody has, the web page and the command line."""
    wrong = []
    for folder in ("cli", "hq", "ui/pages", "ui/frame"):
        for file in sorted((ROOT / "src/gemba" / folder).rglob("*.py")):
            said = Path(file).read_text("utf-8")
            for one in re.finditer(r'(?<!", )(?<!",\n)"([^"\n]*)"', said):
                before = said[max(0, one.start() - 200) : one.start()]
                found = COUNTED.findall(one[1])
                if found and not re.search(r'plural\((?:\s*"[^"]*",?)*\s*$', before) and found[0][1] not in NO_NOUNS:
                    wrong.append((file.name, one[1]))
    assert wrong == []
