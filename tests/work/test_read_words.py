from __future__ import annotations

from datetime import date

import pytest
from tests.work.complaining import complain

from gemba.domain.complaints import Complaint
from gemba.errors import Refusal
from gemba.work import duplicates, read_words
from gemba.work.desk import Desk
from gemba.work.which_complaints import Which

LATE = "My parcel was promised for Monday and it is still not here, nobody answers the phone."
MARCH = Which(begins=date(2026, 3, 1), ends=date(2026, 3, 31))


def test_themes_of_a_set_name_their_complaints(desk: Desk):
    mine = [complain(desk, date(2026, 3, 2), words=f"The delivery date moved again, {n}.") for n in range(6)]
    for n in range(30):
        complain(desk, date(2026, 2, 1), words=f"The fee was too high, case {n}.")
    found = read_words.themes_of(desk, MARCH)
    assert found.themes[0].phrase == "delivery date moved"
    assert set(found.themes[0].complaints) == set(mine)
    assert (found.read, found.of, found.compared) == (6, 6, 30)
    assert found.themes[0].elsewhere == 0


def test_themes_of_everything_have_nothing_to_compare_with(desk: Desk):
    for n in range(4):
        complain(desk, words=f"Card lost {n}")
    found = read_words.themes_of(desk, Which())
    assert (found.themes[0].phrase, found.themes[0].q, found.compared) == ("card lost", None, 0)


def test_a_set_without_words_is_refused(desk: Desk):
    complain(desk, customer="Somebody")
    with pytest.raises(Refusal, match="no_words"):
        read_words.themes_of(desk, Which())


def test_near_duplicates_are_proposed_the_older_first_until_they_are_linked(desk: Desk):
    first = complain(desk, date(2026, 3, 1), words=LATE)
    second = complain(desk, date(2026, 3, 2), words=LATE + " Please call.")
    complain(desk, date(2026, 3, 3), words="The fee was charged twice on my account.")
    found = read_words.alike(desk, MARCH)
    assert [(one.first, one.second) for one in found] == [(first, second)]
    assert 0.8 <= found[0].likeness < 1
    duplicates.link(desk, second, first)
    assert read_words.alike(desk, MARCH) == []


def test_the_language_is_told_and_kept_where_nobody_has(desk: Desk):
    german = complain(desk, words="Meine Karte ist immer noch nicht da.")
    said = complain(desk, words="Meine Karte ist immer noch nicht da.", language="nl")
    short = complain(desk, words="ok")
    assert read_words.tell_languages(desk, Which()) == {"": 1, "de": 1}
    with desk.reader() as reader:
        kept = [reader.get(Complaint, uid) for uid in (german, said, short)]
    assert [one.language for one in kept if one is not None] == ["de", "nl", ""]
    assert read_words.tell_language(desk, said) == "nl"


def test_somebody_may_stop_it_and_what_was_kept_stays(desk: Desk):
    class Stopped(Exception):
        pass

    def stop(_done: int, _total: int):
        raise Stopped

    complain(desk, words=LATE)
    with pytest.raises(Stopped):
        read_words.tell_languages(desk, Which(), stop)
