"""Files that somebody named are read whole only when they can be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gemba.errors import Refusal
from gemba.work.enrolment import read_card_file
from gemba.work.whole_files import LARGEST, read_whole


def sparse(file: Path, size: int) -> Path:
    with file.open("wb") as out:
        out.truncate(size)
    return file


def test_a_file_is_read_up_to_its_limit_and_not_beyond(tmp_path: Path) -> None:
    assert len(read_whole(sparse(tmp_path / "just", 3_000_000), 3_000_000)) == 3_000_000
    with pytest.raises(Refusal) as refused:
        read_whole(sparse(tmp_path / "over", 3_000_001), 3_000_000)
    assert refused.value.code == "work.too_large_to_read"
    assert refused.value.facts == {"file": "over", "size": 4, "limit": 3}
    with pytest.raises(FileNotFoundError):
        read_whole(tmp_path / "none")


def test_a_file_larger_than_memory_is_refused_at_a_look(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"work\.too_large_to_read"):
        read_whole(sparse(tmp_path / "sparse", LARGEST * 1000))
    with pytest.raises(Refusal, match=r"work\.too_large_to_read"):
        read_card_file(sparse(tmp_path / "a.card", 2_000_000))


@pytest.mark.skipif(os.name != "posix", reason="devices are files on POSIX alone")
def test_a_device_is_no_file() -> None:
    for device in ("/dev/zero", "/dev/null"):
        with pytest.raises(Refusal, match=r"work\.no_file"):
            read_whole(Path(device))


@pytest.mark.skipif(os.name != "posix", reason="pipes have no such names elsewhere")
def test_a_pipe_is_read_as_far_as_it_may_go() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"words")
    os.close(writing)
    assert read_whole(Path(f"/dev/fd/{reading}")) == b"words"
    os.close(reading)
