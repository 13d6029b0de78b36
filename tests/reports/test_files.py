from __future__ import annotations

import errno

import pytest

from gemba import wording
from gemba.errors import Trouble
from gemba.reports.files import written


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "reports.disk_full"),
        (errno.EDQUOT, "reports.disk_full"),
        (errno.EROFS, "reports.read_only"),
        (errno.EACCES, "reports.read_only"),
        (errno.ENOENT, "reports.no_folder"),
        (errno.EIO, "reports.not_written"),
    ],
)
def test_what_the_world_refuses_is_told_with_a_way_out(tmp_path, number, code):
    def write(file):
        file.write(b"half")
        raise OSError(number, "the world")

    out = tmp_path / "report.pdf"
    out.write_bytes(b"the old one")
    with pytest.raises(Trouble) as caught:
        written(out, write)
    assert caught.value.code == code
    sentence = wording.sentence(caught.value)
    assert "report.pdf" in sentence
    assert "choose" in sentence
    assert "?" not in sentence
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"report.pdf": b"the old one"}


def test_a_document_takes_the_place_of_the_older_one(tmp_path):
    out = tmp_path / "report.pdf"
    out.write_bytes(b"the old one")
    assert written(out, lambda file: file.write(b"new") and None) == 3
    assert out.read_bytes() == b"new"
