"""Evidence at places that are no folder of this machine: the same seals, the same promises."""

from __future__ import annotations

import os
import socket

import pytest
from sqlalchemy import make_url
from tests.carriers.servers import S3, Sftp

from gemba.errors import Refusal, Trouble
from gemba.store import elsewhere, opening
from gemba.store.checking import check
from gemba.store.evidence_places import FarPlace
from gemba.store.seal import Seal

PHOTO = b"a photo of a shelf " * 1000


@pytest.fixture(scope="module")
def bucket(tmp_path_factory):
    server = S3(tmp_path_factory.mktemp("s3"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def shell_server(tmp_path_factory):
    server = Sftp(tmp_path_factory.mktemp("sftp"))
    server.start()
    (server.folder / "known").write_text(f"[127.0.0.1]:{server.port} {(server.folder / 'host.pub').read_text()}")
    yield server
    server.stop()


def sftp_url(server: Sftp, folder: str, known: str = "known") -> str:
    return f"{server.url()}/{folder}?key_file={server.folder / 'user'}&known_hosts={server.folder / known}"


@pytest.fixture(params=["file", "s3", "sftp"])
def url(request, tmp_path):
    if request.param == "file":
        return f"file://{tmp_path / 'far'}"
    if request.param == "sftp":
        return sftp_url(request.getfixturevalue("shell_server"), tmp_path.name)
    port = request.getfixturevalue("bucket").port
    return f"s3://steward:secret@parcels/{tmp_path.name}?endpoint_url=http://127.0.0.1:{port}&region=us-east-1"


@pytest.fixture
def far(url, tmp_path, key, time):
    """A store whose evidence lies elsewhere."""
    at = elsewhere.of(key, evidence=url)
    store = opening.create(tmp_path / "store", key, clock=time, device_name="Office", reserve=0, at=at)
    yield store
    store.close()


def test_evidence_is_kept_there_sealed_and_read_again(far, url, tmp_path) -> None:
    sha256, size = far.evidence.keep(PHOTO)
    assert far.evidence.keep(PHOTO) == (sha256, size)
    assert far.evidence.has(sha256)
    assert not far.evidence.has("0" * 64)
    assert far.evidence.size(sha256) == len(PHOTO)
    assert far.evidence.read(sha256) == PHOTO
    with far.evidence.open(sha256) as stream:
        assert stream.read() == PHOTO
    assert list(far.evidence.all()) == [sha256]
    place = FarPlace(make_url(url))
    (name,) = place.names()
    with place.open(name) as sealed:
        assert sealed.read().startswith(b"age-encryption.org/v1")
    assert not [file for file in (tmp_path / "store" / "evidence").rglob("*") if file.is_file()]
    assert check(far) == []


def test_a_large_file_comes_piece_by_piece(far, monkeypatch) -> None:
    monkeypatch.setattr("gemba.store.evidence_files._SMALL", 1000)
    large = bytes(range(256)) * 4000
    sha256, _ = far.evidence.keep(large)
    with far.evidence.open(sha256) as stream:
        assert stream.read() == large


def test_what_was_altered_or_taken_away_there_is_noticed(far, url, tmp_path) -> None:
    sha256, _ = far.evidence.keep(PHOTO)
    place = FarPlace(make_url(url))
    (name,) = place.names()
    part = tmp_path / "part"
    part.write_bytes(b"age-encryption.org/v1\nnonsense")
    place.put(part, name)
    assert not far.evidence.verify(sha256)
    place.remove(name)
    place.remove(name)
    with pytest.raises(Trouble, match=r"store\.evidence_missing"):
        far.evidence.read(sha256)


def test_a_place_that_cannot_be_reached_is_trouble_with_its_address_and_no_secret(tmp_path, key, time, unused) -> None:
    url = f"s3://steward:topsecret@nowhere/x?endpoint_url=http://127.0.0.1:{unused}&region=us-east-1"
    at = elsewhere.of(key, evidence=url)
    with pytest.raises(Trouble, match=r"store\.evidence_unreachable") as trouble:
        opening.create(tmp_path / "store", key, clock=time, device_name="Office", reserve=0, at=at)
    assert "topsecret" not in str(trouble.value)
    assert trouble.value.facts["place"] == "s3://nowhere/x"
    assert not (tmp_path / "store").exists()


def test_a_store_opens_while_the_server_of_its_files_is_away(shell_server, tmp_path, key, time) -> None:
    at = elsewhere.of(key, evidence=sftp_url(shell_server, tmp_path.name))
    store = opening.create(tmp_path / "store", key, clock=time, device_name="Office", reserve=0, at=at)
    sha256 = store.evidence.keep(b"photo")[0]
    store.close()
    shell_server.stop()
    opened = opening.open_store(tmp_path / "store", key, clock=time, reserve=0)
    with opened.reader() as reader:
        assert reader.device.name == "Office"
    with pytest.raises(Trouble, match=r"store\.evidence_unreachable"):
        opened.evidence.read(sha256)
    with pytest.raises(Trouble, match=r"store\.evidence_unreachable"):
        opened.evidence.keep(b"another photo")
    with pytest.raises(Trouble, match=r"store\.evidence_unreachable"):
        opened.evidence.verify(sha256)
    assert [problem.code for problem in check(opened)] == ["store.evidence_unreachable"]
    assert not list((tmp_path / "store" / "evidence").glob(".*.part"))
    shell_server.start()
    assert opened.evidence.read(sha256) == b"photo"
    assert check(opened) == []
    opened.close()


def test_a_server_that_takes_a_call_and_never_answers_is_told_of() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = f"http://127.0.0.1:{silent.getsockname()[1]}"
        url = f"s3://steward:secret@parcels/x?endpoint_url={endpoint}&region=us-east-1&timeout=1"
        with pytest.raises(Trouble, match=r"store\.evidence_unreachable") as met:
            FarPlace(make_url(url)).has("ab/name.age")
    assert "timeout" in met.value.facts["said"].casefold()
    with pytest.raises(Refusal, match=r"store\.unknown_evidence_place"):
        FarPlace(make_url(url.replace("timeout=1", "timeout=soon")))


def test_a_server_that_goes_away_while_a_large_file_is_read_is_no_damage(shell_server, tmp_path, key, time) -> None:
    at = elsewhere.of(key, evidence=sftp_url(shell_server, tmp_path.name))
    store = opening.create(tmp_path / "store", key, clock=time, device_name="Office", reserve=0, at=at)
    sha256 = store.evidence.keep(os.urandom(12 * 2**20))[0]
    with store.evidence.open(sha256) as content:
        content.read(1000)
        shell_server.stop()
        with pytest.raises(Trouble, match=r"store\.evidence_unreachable"):
            content.read()
    shell_server.start()
    store.close()


def test_a_server_with_a_key_that_nobody_knows_is_told_and_gets_no_password(shell_server, tmp_path) -> None:
    (shell_server.folder / "nobody").write_text("")
    with pytest.raises(Trouble, match=r"store\.evidence_host_unknown"):
        FarPlace(make_url(sftp_url(shell_server, tmp_path.name, "nobody"))).has("ab/cd.age")


def test_a_line_that_was_cut_is_laid_anew(shell_server, tmp_path) -> None:
    place = FarPlace(make_url(sftp_url(shell_server, tmp_path.name)))
    shell_server.stop()
    with pytest.raises(Trouble, match=r"store\.evidence_unreachable"):
        place.has("ab/cd.age")
    shell_server.start()
    assert not place.has("ab/cd.age")


@pytest.fixture
def unused() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_an_address_that_nothing_can_go_to_is_refused() -> None:
    with pytest.raises(Refusal, match=r"store\.unknown_evidence_place"):
        FarPlace(make_url("carrierpigeon://loft/x"))


def test_a_seal_opens_only_with_its_key_and_unaltered() -> None:
    sealed = Seal(b"k" * 32).close(b"secret")
    assert Seal(b"k" * 32).open(sealed) == b"secret"
    for seal, altered in ((Seal(b"x" * 32), sealed), (Seal(b"k" * 32), sealed[:-1]), (Seal(b"k" * 32), b"")):
        with pytest.raises(Trouble, match=r"store\.wrong_seal"):
            seal.open(altered)
    assert Seal(b"k" * 32).close(b"secret") != sealed
