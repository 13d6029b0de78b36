"""The same words find the same records in SQLite's index and in PostgreSQL's."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from gemba.domain.places import Place
from gemba.store import opening, search_index, search_words
from gemba.store.checking import check
from gemba.store.lists import FINDINGS, Query
from gemba.store.opening import Store
from gemba.store.tables import place as places_kept

NAMES = [
    "A-K7QD2M-0012",
    "Café Ärmel, naïve",
    "ΟΔΟΣ Αθηνάς",
    "Übergröße Straße",
    "Йод и Ёлка",
    "a.b@c.example http://x.y/z?q=1",
    "3,5 kg -12 °C ½",
    "it's “quoted” & <tagged> | 'x'",
    "_under_score tab\tline\nend",
    "İstanbul ǅ ﬁsh",
    "中文 字",
    "Ὀδυσσεύς ὦ",
    "x" * 700,
    "",
    "\\ ' : * ( ) !",
]
ASKED = st.one_of(
    st.sampled_from(["k7", "0012", "cafe", "arm", "odos", "οδος", "strasse", "straße", "йод", "елка", "http", "12"]),
    st.sampled_from(NAMES),
    st.text(alphabet="aåéßσςΣоЁ-_.'\"*&|!():\\ 12½", max_size=8),
)


@pytest.fixture
def both(store, tmp_path, key, time, records):
    """One store on each side with the same places."""
    embedded = opening.create(tmp_path / "laptop", key, clock=time, device_name="Laptop", reserve=0)
    places = [Place(uid=records.uid(), name=name) for name in NAMES]
    for one in (store, embedded):
        with one.unit(records.person.uid) as unit:
            for place in places:
                unit.put(place)
    yield store, embedded
    embedded.close()


def _found(store: Store, words: str) -> set[str]:
    with store.reader() as reader:
        held = search_index.condition(reader.connection, "place", places_kept.c.id, words)
        if held is None:
            return {"nothing asked"}
        return set(reader.connection.scalars(select(places_kept.c.name).where(held)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=ASKED)
def test_the_same_words_find_the_same_places(both, words) -> None:
    there, here = both
    found = _found(there, words)
    if search_words.query_of(words) is None:  # FTS5 is asked for a word without letters, and finds nothing either
        assert _found(here, words) <= {"nothing asked"}
    else:
        assert found == _found(here, words)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=60).filter(lambda text: "\0" not in text))
def test_whatever_is_written_is_indexed(store, records, name) -> None:
    with store.unit(records.person.uid) as unit:
        unit.put(Place(uid=records.uid(), name=name.encode("utf-8", "ignore").decode()))


def test_an_index_that_lags_behind_is_told_and_made_anew(store, records) -> None:
    records.begin(store)
    with store.unit(records.person.uid) as unit:
        unit.connection.execute(search_words.table_of("place").delete())
    assert [one.code for one in check(store, files=False)] == ["store.search_stale"]
    with store.unit(records.person.uid) as unit:
        search_index.rebuild(unit.connection)
    assert check(store, files=False) == []
    with store.reader() as reader:
        assert FINDINGS.first(reader, Query(search="nothing")) == []
