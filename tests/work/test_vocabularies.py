from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import vocabularies as kept
from gemba.store.code_use import used
from gemba.work import complaints
from gemba.work.desk import Desk
from gemba.work.starter_vocabularies import starter, to_begin_with
from gemba.work.vocabularies import DOMAINS, Words, release
from gemba.work.vocabulary_files import crosswalk_of, file_of, words_of

FIRST = Words(terms={"wait": "Waits", "fee": "Fees", "rude": "Not heard"})


def test_a_code_in_use_is_not_lost(desk: Desk) -> None:
    release(desk, Facet.CAUSE, FIRST)
    for _ in range(3):
        complaints.add(desk, words="x", cause="wait")
    second = Words(terms={"delay": "Delay", "fee": "Fees"})
    with pytest.raises(Refusal) as refused:
        release(desk, Facet.CAUSE, second)
    assert refused.value.code == "work.vocabulary_loses"
    assert refused.value.facts["said"] == "wait (3)", "a code that nothing carries may go"
    release(desk, Facet.CAUSE, second, crosswalk={"wait": "delay"})
    with desk.reader() as reader:
        assert used(reader, Facet.CAUSE, ["delay"]) == {"delay": 3}
        assert kept.meant_by(reader, Facet.CAUSE, "delay") == {"delay", "wait"}
    third = Words(terms={"slow": "Slow", "fee": "Fees"})
    with pytest.raises(Refusal, match=r"work\.vocabulary_loses"):
        release(desk, Facet.CAUSE, third)
    release(desk, Facet.CAUSE, third, crosswalk={"delay": "slow"})
    with desk.reader() as reader:
        assert used(reader, Facet.CAUSE, ["slow"]) == {"slow": 3}, "over two versions"
        assert [one.version for one in kept.versions(reader, Facet.CAUSE)] == [1, 2, 3]


def test_codes_are_merged_and_split(desk: Desk) -> None:
    release(desk, Facet.CAUSE, FIRST)
    complaints.add(desk, words="x", cause="wait")
    complaints.add(desk, words="x", cause="rude")
    release(desk, Facet.CAUSE, Words(terms={"service": "Service"}), crosswalk={"wait": "service", "rude": "service"})
    with desk.reader() as reader:
        assert used(reader, Facet.CAUSE, ["service"]) == {"service": 2}
    split = Words(terms={"service_front": "Front", "service_back": "Back"})
    release(desk, Facet.CAUSE, split, crosswalk={"service": "service_front"})
    with desk.reader() as reader:
        assert used(reader, Facet.CAUSE, split.terms) == {"service_front": 2}


@pytest.mark.parametrize(
    ("words", "crosswalk", "code"),
    [
        (Words(terms={}), {}, "work.vocabulary_empty"),
        (Words(terms={"a b": "A"}), {}, "work.vocabulary_code"),
        (Words(terms={"a": " "}), {}, "work.vocabulary_code"),
        (Words(terms={"a": "A"}, parents={"a": "b"}), {}, "work.vocabulary_names_unknown"),
        (Words(terms={"a": "A", "b": "B"}, parents={"a": "b", "b": "a"}), {}, "work.vocabulary_circle"),
        (Words(terms={"a": "A"}, domains={"a": "weather"}), {}, "work.vocabulary_domain"),
        (Words(terms={"a": "A"}), {"x": "b"}, "work.vocabulary_names_unknown"),
        (Words(terms={"a": "A", "b": "B"}), {"a": "b"}, "work.vocabulary_still_there"),
    ],
)
def test_what_is_not_well_formed_is_refused(desk: Desk, words: Words, crosswalk: dict[str, str], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        release(desk, Facet.CAUSE, words, crosswalk=crosswalk)
    assert refused.value.code == code
    with desk.reader() as reader:
        assert kept.versions(reader, Facet.CAUSE) == []


def test_a_complaint_is_tagged_by_code_or_title_and_by_nothing_else(desk: Desk) -> None:
    complaints.add(desk, words="x", product="anything while there is no vocabulary")
    complaints.add(desk, words="x", product="loan")
    with desk.reader() as reader:
        assert to_begin_with(reader, Facet.PRODUCT) == Words(terms={"loan": "loan"}), "a code has no blanks"
        assert to_begin_with(reader, Facet.SEGMENT) is None
    release(desk, Facet.CAUSE, FIRST)
    complaints.add(desk, words="x", cause="  not HEARD ")
    with desk.reader() as reader:
        assert used(reader, Facet.CAUSE, FIRST.terms) == {"rude": 1}
    with pytest.raises(Refusal) as refused:
        complaints.add(desk, words="x", cause="wayt")
    assert "wait (Waits)" in refused.value.facts["known"]


@pytest.mark.parametrize("facet", [Facet.STEP, Facet.CHANNEL, Facet.CAUSE])
def test_words_to_begin_with_are_well_formed(desk: Desk, facet: Facet) -> None:
    words = starter(facet)
    assert words is not None
    release(desk, facet, words)
    if facet is Facet.CAUSE:
        assert set(words.domains.values()) == set(DOMAINS)


titles = (
    st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
codes = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)


@given(st.dictionaries(codes, titles, min_size=1, max_size=8))
def test_a_file_says_what_was_written(terms: dict[str, str]) -> None:
    words = Words(terms=terms)
    assert words_of(file_of(words)) == words


@pytest.mark.parametrize(
    "data", [b"", b"one,two\n1,2\n", b'code,title\n"a', b"\0\0", b"code,title\na,A\na,B\n", b"x" * 2_000_000]
)
def test_a_file_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        words_of(data)


def test_files_of_spreadsheets_are_read() -> None:
    assert words_of("Code;Title;Domain\nfee;Gebühr;policy\n;;\n".encode("cp1252")).terms == {"fee": "Gebühr"}
    assert words_of("\ufeffcode\ttitle\tparent\na\tA\nb\tB\ta\n".encode()).parents == {"b": "a"}
    assert crosswalk_of(b"old,new\na,b\n") == {"a": "b"}
