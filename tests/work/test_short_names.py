"""Names that are given to something new fit into a line; longer ones are refused with a sentence."""

from __future__ import annotations

import pytest

from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.wording import sentence
from gemba.work import carriers
from gemba.work.cards import write_card
from gemba.work.edit_template import begin
from gemba.work.import_template import import_template
from gemba.work.intake_names import Places, Unfit
from gemba.work.intake_plan import Plan, UnknownPlace
from gemba.work.intake_reasons import words
from gemba.work.places import add_place
from gemba.work.short_names import LONGEST, LONGEST_TITLE


def test_a_place_is_called_what_fits_into_a_line(desk):
    place = add_place(desk, "B" * LONGEST).uid
    with desk.reader() as reader:
        assert reader.get(Place, place).name == "B" * LONGEST
    with pytest.raises(Refusal, match=r"work\.name_too_long") as refused:
        add_place(desk, "C" * 10_000)
    told = sentence(refused.value)
    assert "10,000" in told or "10000" in told
    assert str(LONGEST) in told
    assert len(told) < 200


def test_a_place_is_one_line(desk):
    place = add_place(desk, " Harbour\n  branch ").uid
    with desk.reader() as reader:
        assert reader.get(Place, place).name == "Harbour branch"


def test_an_import_makes_no_place_whose_name_fits_nowhere(desk):
    with desk.reader() as reader:
        places = Places(reader, Plan(source="CRM", mapping={}, unknown_places=UnknownPlace.MAKE))
        with pytest.raises(Unfit) as unfit:
            places("D" * (LONGEST + 1))
        assert places("D" * LONGEST)
    assert str(LONGEST) in words(unfit.value.code, unfit.value.value)
    assert set(places.made) == {"D" * LONGEST}


def test_a_place_with_a_long_name_that_is_here_already_is_found(desk):
    with desk.unit() as unit:
        place = Place(uid=desk.ids(), name="E" * 5000)
        unit.put(place)
    with desk.reader() as reader:
        places = Places(reader, Plan(source="CRM", mapping={}, unknown_places=UnknownPlace.MAKE))
        assert places("E" * 5000) == place.uid


def test_a_checklist_has_a_title_that_fits_into_a_line(desk):
    begin(desk, "F" * LONGEST_TITLE)
    with pytest.raises(Refusal, match=r"work\.name_too_long"):
        begin(desk, "F" * (LONGEST_TITLE + 1))
    sheet = "| survey |\n| | type | name | label |\n| | text | why | Why? |\n"
    sheet += f"| settings |\n| | form_id | form_title |\n| | long | {'F' * (LONGEST_TITLE + 1)} |\n"
    with pytest.raises(Refusal, match=r"work\.name_too_long"):
        import_template(desk, sheet.encode(), "long.md")


def test_a_carrier_has_a_short_name(desk, tmp_path):
    with pytest.raises(Refusal, match=r"work\.name_too_long"):
        carriers.add(desk, "G" * 10_000, str(tmp_path))


@pytest.mark.parametrize("name", ["H" * 201, "\u202egnihtemos", "   \n"])
def test_a_card_shows_a_name_of_one_line(desk, tmp_path, name):
    with pytest.raises(Refusal, match=r"work\.name_for_card"):
        write_card(desk, tmp_path, name)
    assert list(tmp_path.glob("*.card")) == []
