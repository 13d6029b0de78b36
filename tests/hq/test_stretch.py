"""A pack brings the stretch of the journal that it says it brings, or nothing of it is taken in."""

from __future__ import annotations

import pytest
from tests.hq.strangers import KEY
from tests.packs.stranger import operation

from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.store import transit
from gemba.work.desk import Desk


def test_the_stretch_that_was_said_is_taken_in(hq: Desk, sent) -> None:
    assert sent("1-2", operation(KEY, 1), operation(KEY, 2)).operations == 2
    with hq.reader() as reader:
        assert [list(map(list, one)) for one in transit.ranges_here(reader, KEY.id).values()] == [[[1, 2]]]
        assert {one.name for one in reader.find(Place)} >= {"Hall 1", "Hall 2"}


def test_a_number_twice_running_is_a_fork_and_is_kept(hq: Desk, sent) -> None:
    again = operation(KEY, 2, id="01890a5d-ac96-774b-bcc0-0000000000ff")
    taken = sent("1-2", operation(KEY, 1), operation(KEY, 2), again)
    assert (taken.operations, taken.forks) == (3, 1)


@pytest.mark.parametrize(
    ("stretch", "seqs", "header"),
    [
        ("1-3", (1, 2), {}),
        ("1-2", (1, 3), {}),
        ("1-2", (2, 1), {}),
        ("1-2", (2, 2), {}),
        ("0-1", (1, 2), {}),
        ("2-3", (1, 2), {}),
        ("1-2", (1, 2), {"epoch": "0002-1a2b3c4d"}),
    ],
)
def test_another_stretch_than_was_said_is_refused_whole(hq: Desk, sent, stretch, seqs, header) -> None:
    lines = [operation(KEY, seq, **(header if at else {})) for at, seq in enumerate(seqs)]
    with pytest.raises(Refusal, match=r"hq\.other_stretch"):
        sent(stretch, *lines)
    with hq.reader() as reader:
        assert not transit.ranges_here(reader, KEY.id)
        assert not [one for one in reader.find(Place) if one.name.startswith("Hall")]
