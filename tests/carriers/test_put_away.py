"""A parcel that is taken away while it is sent is told apart from a place that is gone."""

from __future__ import annotations

import shutil

import pytest

from gemba.carriers import parcel, spool
from gemba.carriers.place import open_place
from gemba.errors import Refusal, Trouble


@pytest.mark.parametrize(
    ("takes_all", "error", "code"), [(False, Refusal, "carriers.put_away"), (True, Trouble, "carriers.gone")]
)
def test_what_is_taken_away_between_two_parts(tmp_path, takes_all, error, code):
    file, stick = tmp_path / "a.gemba", tmp_path / "stick"
    file.write_bytes(bytes(range(256)) * 40)
    stick.mkdir()
    folder = stick / spool.parcel_folder(spool.plan(file, 1024).sha256)

    def told(come):
        if come.parts_there == 2:
            shutil.rmtree(stick if takes_all else folder)

    with open_place(str(stick)) as place, pytest.raises(error) as caught:
        parcel.push(file, place, told, part_size=1024)
    assert caught.value.code == code
