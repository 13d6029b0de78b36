"""People's names in systemic write-ups."""

from __future__ import annotations

import pytest
from tests.work.complaint_records import put_complaint
from tests.work.reviewing import words

from gemba.domain.people import Person
from gemba.errors import Refusal
from gemba.work.names_in_text import demand_nameless, names_in
from gemba.work.places import add_place


@pytest.fixture
def customers(desk):
    words(desk)
    add_place(desk, "Harbour Branch")
    with desk.unit() as unit:
        unit.put(Person(uid=desk.ids(), name="Ana Ruiz"))
        unit.put(Person(uid=desk.ids(), name="Night auditor"))
    return [
        put_complaint(desk, customer=name).uid for name in ("Vera Lindqvist", "LINDQVIST AG", "4711", "Øyvind Åsen")
    ]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Ruiz did not sign.", ("Ruiz",)),
        ("as Vera LINDQVIST wrote", ("Vera LINDQVIST",)),
        ("wrote Lindqvist Vera", ("Lindqvist Vera",)),
        ("seen by øyvind åsen", ("øyvind åsen",)),
        ("Mr Miller was there", ("Miller",)),
        ("The night auditor signs twice.", ()),
        ("Number 4711 came up.", ()),
        ("", ()),
    ],
)
def test_known_people_and_titles_are_seen(desk, customers, text, sure):
    with desk.reader() as reader:
        assert names_in(reader, [text], customers).sure == sure


@pytest.mark.parametrize(
    ("text", "maybe"),
    [
        ("It was told to Ottilie Brandt twice.", ("Ottilie Brandt",)),
        ("At the Harbour Branch nobody asks.", ()),
        ("Nobody asks. Then Nothing Happens.", ("Nothing Happens",)),
        ("Wrong Amount is coded here.", ()),
    ],
)
def test_pairs_of_capitals_may_be_names(desk, customers, text, maybe):
    with desk.reader() as reader:
        assert names_in(reader, [text], customers).maybe == maybe


@pytest.mark.parametrize(
    ("text", "maybe"),
    [
        ("John Smith forgot it.", ("John Smith",)),
        ("The plan fails. John Smith forgot it.", ("John Smith",)),
        ("Jeanne Moreau n'avait pas de temps.", ("Jeanne Moreau",)),
        ("The Monday round is too long.", ()),
        ("Route Plan", ()),
        ("Lange Wartezeiten an der Kasse sind die Regel.", ()),
        ("Harbour Branch has no plan.", ()),
    ],
)
def test_pairs_that_begin_a_sentence_are_asked_about_in_write_ups(desk, customers, text, maybe):
    with desk.reader() as reader:
        assert names_in(reader, [text], customers, beginnings=True).maybe == maybe


def test_what_may_be_a_name_passes_once_somebody_has_looked(desk, customers):
    said = ["It was told to Ottilie Brandt twice."]
    with desk.reader() as reader:
        with pytest.raises(Refusal, match="may_name_people"):
            demand_nameless(reader, said)
        demand_nameless(reader, said, are_no_names=True)
        with pytest.raises(Refusal, match="names_people"):
            demand_nameless(reader, ["Ana Ruiz again"], are_no_names=True)
