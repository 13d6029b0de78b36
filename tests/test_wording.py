"""What people read: numbers with the words that fit them, facts in sentences, languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gemba import wording
from gemba.errors import Refusal, Trouble


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = wording.language()
    yield
    wording.use(before)


def test_a_number_brings_the_word_that_fits_it() -> None:
    told = "{n:file|files} in {m:folder|folders}"
    assert wording.text(told, n=1, m=3) == "1 file in 3 folders"
    assert wording.text(told, n=0, m=1) == "0 files in 1 folder"
    assert wording.plural("{n} walk", "{n} walks", 1) == "1 walk"
    assert wording.plural("{n} walk", "{n} walks", 2) == "2 walks"


def test_counts_stand_with_their_thousands_apart() -> None:
    assert wording.plural("{n} change", "{n} changes", 1404) == "1,404 changes"
    assert wording.text("{n:change|changes} since {year}", n=3_000_387, year=2026) == "3,000,387 changes since 2026"
    wording.use("de")
    assert wording.plural("{n} change", "{n} changes", 1404) == "1\u202f404 changes"


def test_a_count_that_is_spelled_already_stays_as_it_is() -> None:
    assert wording.plural("{n} walk", "{n} walks", 2, n="two") == "two walks"
    assert wording.text("{n:walk|walks}", n="1") == "1 walk"
    assert wording.text("{n:walk|walks}", n="12,000") == "12,000 walks"


def test_a_fact_that_is_missing_is_shown_not_raised() -> None:
    assert wording.text("{file} is {what}", file="a.gemba") == "a.gemba is ?"
    assert wording.text("as {it} is") == "as ? is"


def test_a_failure_is_a_sentence_and_one_without_a_sentence_its_code() -> None:
    told = wording.sentence(Refusal("store.erased", noun="finding", uid="u"))
    assert told.endswith(".")
    assert "store.erased" not in told
    assert wording.sentence(Trouble("no.such_code", file="a")) == "no.such_code: file a"


def test_what_was_typed_comes_back_on_one_line_and_not_as_a_page() -> None:
    assert wording.short("a\nb\tc") == "a b c"
    assert wording.short("a\u202eb\u2066c\x00d") == "abcd"
    assert wording.short("क\u200dष") == "क\u200dष", "joiners belong to the words"
    assert len(wording.short("x" * 5000)) == 600
    assert wording.short("x" * 5000).endswith("…")
    assert wording.short(12) == 12


@pytest.mark.parametrize("source", ["Seal a pack", "{n} walks of {name}", "{n:file|files}"])
def test_made_up_languages_keep_facts_as_they_are(source: str) -> None:
    facts = {"n": 3, "name": "Ben"}
    wording.use(wording.LONG)
    long = wording.text(source, **facts)
    assert len(long) > len(source.format(n=3, name="Ben") if "|" not in source else "3 files")
    assert "{" not in long
    wording.use(wording.MIRRORED)
    mirrored = wording.text(source, **facts)
    assert mirrored.startswith("\u202e")
    assert mirrored.endswith("\u202c")
    assert wording.right_to_left()
    if "name" in source:
        assert "Ben" in long
        assert "Ben" in mirrored


def test_every_sentence_begins_and_ends_as_one() -> None:
    for code, told in wording.sentences().items():
        assert told[0].isupper() or told[0] in "{“", code
        assert told.rstrip()[-1] in ".:?}”", code


def test_an_unknown_language_falls_back_to_english() -> None:
    wording.use("xx-YY")
    assert wording.text("Seal a pack") == "Seal a pack"
    assert not wording.right_to_left()
