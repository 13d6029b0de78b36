from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.methods.text.sentences import SENTENCES

from gemba.methods.text import languages
from gemba.methods.text.languages import language_of

EACH = [(code, sentence) for code, sentences in SENTENCES.items() for sentence in sentences]


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch):
    """As on a laptop without the extra."""
    monkeypatch.setattr(languages, "_model", lambda: None)


@pytest.mark.parametrize(("code", "sentence"), EACH)
def test_short_sentences_are_told_apart(code: str, sentence: str):
    assert language_of(sentence) == code


def test_without_the_extra_most_are_told_and_none_is_told_wrongly(without_extra: None):
    told = [(code, language_of(sentence)) for code, sentence in EACH]
    assert sum(code == said for code, said in told) >= 18
    assert {said for code, said in told if said != code} <= {""}


@pytest.mark.parametrize("text", ["", "ok", "12345 !!", "ORD-1 OK", "?"])
def test_what_cannot_be_told_is_not_guessed(text: str):
    assert language_of(text) == ""


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "服务太慢了"),
        ("ja", "サービスが遅い"),
        ("he", "השירות איטי"),
        ("el", "Η εξυπηρέτηση ήταν αργή"),
        ("ko", "서비스가 느려요"),
    ],
)
def test_a_script_of_one_language_tells_it(code: str, text: str, without_extra: None):
    assert language_of(text) == code


@given(st.text())
def test_any_text_is_read(text: str):
    assert len(language_of(text)) in {0, 2, 3}
