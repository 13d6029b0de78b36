"""Lists that stand in files beside the form."""

from __future__ import annotations

import pytest

from gemba.errors import Refusal
from gemba.forms.lists import outside_names, read_outside
from gemba.wording import sentence


def rows(name: str, data: bytes) -> list[dict[str, str]]:
    (root,) = read_outside(name, data).elements()
    return [{cell.name: cell.text() for cell in item.elements()} for item in root.elements()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_any_encoding_and_with_any_sign_between(encoding, delimiter):
    words = f"name{delimiter}label\nn{delimiter}Nîmes\n"
    assert rows("towns.csv", words.encode(encoding)) == [{"name": "n", "label": "Nîmes"}]


def test_a_list_that_is_cut_off_is_refused_in_words():
    with pytest.raises(Refusal) as refused:
        read_outside("map.geojson", b'{"features": [')
    assert refused.value.code == "forms.broken_list"
    assert "map.geojson" in sentence(refused.value)


def test_xml_with_entities_is_refused():
    with pytest.raises(Refusal):
        read_outside("list.xml", b'<!DOCTYPE a [<!ENTITY e "x">]><root><item><name>&e;</name></item></root>')


def test_bytes_that_are_no_text_do_no_harm():
    assert isinstance(rows("noise.csv", bytes(range(256)) * 20), list)


def test_the_names_of_the_files_are_told_once():
    assert outside_names('<instance src="jr://file-csv/a.csv"/><instance src="jr://file/b.xml"/>') == ("a.csv", "b.xml")
