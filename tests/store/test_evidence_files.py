from __future__ import annotations

import hashlib
import io
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemba.errors import Trouble


def file_of(store, sha256):
    return store.folder / "evidence" / sha256[:2] / f"{sha256}.age"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=3000))
def test_what_is_kept_reads_back_and_lies_encrypted(store, content) -> None:
    sha256, size = store.evidence.keep(content)
    assert (sha256, size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert store.evidence.has(sha256)
    assert store.evidence.read(sha256) == content
    assert store.evidence.verify(sha256)
    assert file_of(store, sha256).read_bytes().startswith(b"age-encryption.org/v1")


def test_a_file_and_its_bytes_are_one(store, tmp_path) -> None:
    content = os.urandom(300_000)
    (tmp_path / "photo.jpg").write_bytes(content)
    assert store.evidence.keep(tmp_path / "photo.jpg") == store.evidence.keep(content)
    assert len(list(store.evidence.all())) == 1


@pytest.mark.parametrize("size", [0, 1, 70_000, 9 * 2**20])
def test_a_stream_gives_the_same_whatever_its_size(store, size) -> None:
    content = os.urandom(size)
    sha256, _ = store.evidence.keep(content)
    with store.evidence.open(sha256) as stream:
        found = b""
        while chunk := stream.read(65_536):
            found += chunk
    assert found == content


def test_a_stream_may_be_left_early(store) -> None:
    content = os.urandom(9 * 2**20)
    sha256, _ = store.evidence.keep(content)
    with store.evidence.open(sha256) as stream:
        assert stream.read(10) == content[:10]
    assert store.evidence.read(sha256) == content


def test_a_damaged_stream_is_never_taken_for_whole(store) -> None:
    sha256, _ = store.evidence.keep(os.urandom(9 * 2**20))
    data = file_of(store, sha256).read_bytes()
    file_of(store, sha256).write_bytes(data[:-70_000])
    with store.evidence.open(sha256) as stream, pytest.raises(Trouble, match=r"store\.evidence_damaged"):
        stream.read()


def test_missing_and_damaged_files_are_said(store) -> None:
    with pytest.raises(Trouble, match=r"store\.evidence_missing"):
        store.evidence.read("0" * 64)
    with pytest.raises(Trouble, match=r"store\.evidence_missing"):
        store.evidence.open("0" * 64)
    sha256, _ = store.evidence.keep(b"photo")
    file_of(store, sha256).write_bytes(b"age-encryption.org/v1\n rubbish")
    with pytest.raises(Trouble, match=r"store\.evidence_damaged"):
        store.evidence.read(sha256)
    assert not store.evidence.verify(sha256)
    assert not store.evidence.verify("0" * 64)


def test_adding_it_again_mends_a_damaged_file(store) -> None:
    sha256, _ = store.evidence.keep(b"photo")
    file_of(store, sha256).write_bytes(b"")
    store.evidence.keep(b"photo")
    assert store.evidence.read(sha256) == b"photo"


def test_a_reader_that_fails_leaves_nothing_behind(store, tmp_path) -> None:
    with pytest.raises(FileNotFoundError):
        store.evidence.keep(tmp_path / "gone.jpg")
    with pytest.raises(IsADirectoryError):
        store.evidence.keep(tmp_path)
    assert [file for file in store.folder.rglob("*") if "part" in file.name] == []


def test_previews_come_back_or_are_made_again(store) -> None:
    sha256, _ = store.evidence.keep(b"photo")
    assert store.evidence.preview(sha256, 320) is None
    store.evidence.keep_preview(sha256, 320, b"small")
    assert store.evidence.preview(sha256, 320) == b"small"
    assert store.evidence.preview(sha256, 1600) is None
    next((store.folder / "previews").rglob("*.age")).write_bytes(b"rubbish")
    assert store.evidence.preview(sha256, 320) is None


def test_another_store_cannot_open_the_files(store, another) -> None:
    sha256, _ = store.evidence.keep(b"photo")
    other = another("other")
    target = file_of(other, sha256)
    target.parent.mkdir(parents=True)
    target.write_bytes(file_of(store, sha256).read_bytes())
    with pytest.raises(Trouble, match=r"store\.evidence_damaged"):
        other.evidence.read(sha256)
    assert isinstance(store.evidence.open(sha256), io.IOBase)


@pytest.mark.parametrize("name", ["../../keys.json", "", "A" * 64, "0" * 63, "/etc/passwd", "0" * 64 + "\n"])
def test_a_name_that_is_no_hash_leads_nowhere(store, name) -> None:
    assert not store.evidence.has(name)
    assert not store.evidence.verify(name)
    assert store.evidence.preview(name, 320) is None
    with pytest.raises(Trouble, match=r"store\.evidence_missing"):
        store.evidence.read(name)
    with pytest.raises(Trouble, match=r"store\.evidence_missing"):
        store.evidence.open(name)
    with pytest.raises(Trouble, match=r"store\.evidence_missing"):
        store.evidence.keep_preview(name, 320, b"x")


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 300_000])
def test_the_size_is_told_without_opening_the_content(store, size: int) -> None:
    sha256, kept = store.evidence.keep(bytes(size))
    assert store.evidence.size(sha256) == kept == size
