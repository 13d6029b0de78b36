from __future__ import annotations

import pytest

from gemba.domain.people import Role
from gemba.errors import Refusal
from gemba.work.desk import Desk
from gemba.work.people import LONGEST_NAME, describe_person, desk_of_now, person_now


def test_a_person_is_described_once_and_shown_everywhere(desk: Desk) -> None:
    describe_person(desk, name="  Lead   auditor ", role=Role.LEADER)
    assert (person_now(desk).name, person_now(desk).role) == ("Lead auditor", Role.LEADER)
    assert desk_of_now(desk).person == person_now(desk)


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST_NAME + 1)])
def test_a_name_must_fit_its_line(desk: Desk, name: str) -> None:
    with pytest.raises(Refusal):
        describe_person(desk, name=name)
