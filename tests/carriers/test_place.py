"""What is told of a place, whatever the library says."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import ssl
import sys
import threading
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.carriers.conftest import Far
from tests.carriers.servers import Sftp, free_port

from gemba import wording
from gemba.carriers import parcel, troubles
from gemba.carriers.address import Sort, parse
from gemba.carriers.deadline import within
from gemba.carriers.folder_place import FolderPlace
from gemba.carriers.place import open_place
from gemba.carriers.reaching import is_reachable, mount_of
from gemba.errors import GembaError, Refusal, Trouble


def code_of(error: BaseException, url: str = "sftp://steward@files.example.org/x") -> str:
    told = troubles.explain(error, parse(url))
    words = wording.sentence(told)
    assert not words.startswith(told.code)
    assert "?" not in words
    return told.code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (socket.gaierror(-2, "Name or service not known"), "unknown_host"),
        (ConnectionRefusedError(), "refused"),
        (TimeoutError(), "no_answer"),
        (ConnectionResetError(), "cut_off"),
        (EOFError(), "cut_off"),
        (OSError(errno.ENETUNREACH, "unreachable"), "no_line"),
        (ssl.SSLCertVerificationError("self-signed certificate"), "bad_certificate"),
        (ssl.SSLEOFError("EOF occurred in violation of protocol"), "cut_off"),
        (ssl.SSLError("[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)"), "no_tls"),
        (OSError(errno.ENOSPC, "no space"), "place_full"),
        (OSError(errno.EROFS, "read-only"), "read_only"),
        (PermissionError(errno.EACCES, "no"), "read_only"),
        (FileNotFoundError(errno.ENOENT, "no"), "gone"),
        (RuntimeError("a library's own words"), "failed"),
    ],
)
def test_what_libraries_raise_is_told(error, code):
    assert code_of(error) == f"carriers.{code}"
    outer = RuntimeError("outer")
    outer.__cause__ = error
    assert code_of(outer) == f"carriers.{code}"


def test_a_slow_medium_is_no_host_that_does_not_answer():
    assert code_of(TimeoutError(), "/media/stick") == "carriers.failed"


@pytest.mark.parametrize(
    ("url", "sort", "host", "port", "user", "path"),
    [
        ("/media/stick", Sort.FOLDER, "", None, "", "/media/stick"),
        (r"E:\packs", Sort.FOLDER, "", None, "", r"E:\packs"),
        ("sftp://a%40b@host/x%20y", Sort.SFTP, "host", 22, "a@b", "/x y"),
        ("webdavs://u@host:8443/dav", Sort.WEBDAV, "host", 8443, "u", "/dav"),
        ("smb://DOM;u@host/share", Sort.SMB, "host", 445, "DOM;u", "/share"),
        ("s3://bucket/x", Sort.S3, "bucket", None, "", "/x"),
        ("https://u@host/v1", Sort.OPENROSA, "host", 443, "u", "/v1"),
    ],
)
def test_addresses_are_taken_apart(url, sort, host, port, user, path):
    address = parse(url)
    assert (address.sort, address.host, address.port, address.user, address.path) == (sort, host, port, user, path)


@pytest.mark.parametrize(
    ("module", "url", "extra"),
    [
        ("sshfs", "sftp://u@host/x", "sftp"),
        ("webdav4.fsspec", "webdav://u@host/x", "webdav"),
        ("smbprotocol", "smb://u@host/share", "smb"),
        ("s3fs", "s3://bucket", "s3"),
    ],
)
def test_a_library_that_is_not_there_is_named(module, url, extra, monkeypatch):
    for loaded in [name for name in sys.modules if name.startswith(("fsspec.implementations.smb", "smbclient"))]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(Refusal, match=r"carriers\.extra_missing") as caught:
        open_place(url)
    assert f"pip install gemba[{extra}]" in wording.sentence(caught.value)


def test_an_openrosa_server_is_no_place_for_packs():
    with pytest.raises(Refusal, match=r"carriers\.no_place"):
        open_place("https://host/x")


def test_nothing_waits_for_ever():
    near, far = socket.socketpair()
    with near, far:
        with pytest.raises(TimeoutError):
            within(0.05, lambda: near.recv(1))
        far.sendall(b"x")  # lets the one that waits go
    assert within(5, lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 // 0)


def test_a_server_that_says_nothing_is_not_waited_for(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        silent = {"s3": {"endpoint": f"http://127.0.0.1:{port}", "key": "k"}}
        for url in (f"webdav://u@127.0.0.1:{port}/x", "s3://bucket"):
            options = {**silent.get(url[:2], {}), "timeout": 0.3}
            with open_place(url, options, "secret") as place, pytest.raises(Trouble, match=r"carriers\.no_answer"):
                place.check()


def test_a_place_is_known_to_be_reachable_before_anybody_signs_in(far: Far, tmp_path):
    options = far.server.options()
    assert is_reachable(far.url, options)
    free = free_port()
    assert not is_reachable(far.server.url(free), far.server.options(free)) or far.server.sort == "folder"
    assert not is_reachable(str(tmp_path / "gone"))
    assert not is_reachable("ftp://host")


@pytest.fixture
def sftp(tmp_path: Path):
    server = Sftp(tmp_path / "sftp")
    server.start()
    yield server
    server.stop()


def failing(server: Sftp, **options) -> GembaError:
    with pytest.raises(GembaError) as caught, open_place(server.url(), {**server.options(), **options}) as place:
        place.check()
    assert "?" not in wording.sentence(caught.value)
    return caught.value


def test_a_server_that_was_never_tested_or_shows_another_key_gets_nothing(sftp):
    shown = failing(sftp, host_key="")
    assert (shown.code, shown.facts["fingerprint"][:7]) == ("carriers.host_key_unknown", "SHA256:")
    assert failing(sftp, key_file=str(sftp.folder / "other")).code == "carriers.wrong_password"
    assert failing(sftp, key_file=str(sftp.folder / "nothing")).code == "carriers.key_file"
    assert failing(sftp, key_file="").code == "carriers.wrong_password"
    sftp.stop()
    sftp.write("other")
    sftp.start()
    changed = failing(sftp)
    assert changed.code == "carriers.host_key_changed"
    assert changed.facts["fingerprint"] != shown.facts["fingerprint"]


def test_what_is_no_ssh_server_is_told(running, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def gate() -> None:
            line, _ = listener.accept()
            line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            line.close()

        threading.Thread(target=gate, daemon=True).start()
        with pytest.raises(Trouble) as caught:
            open_place(f"sftp://u@127.0.0.1:{port}/x", {"host_key": "ssh-ed25519 x"})
    assert caught.value.code in {"carriers.no_ssh", "carriers.cut_off"}


def test_a_full_medium_is_told_before_anything_is_written(tmp_path, monkeypatch):
    (tmp_path / "pack.gemba").write_bytes(bytes(1_000_000))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=400_000))
    with open_place(str(tmp_path)) as place, pytest.raises(Trouble, match=r"carriers\.no_room") as caught:
        parcel.push(tmp_path / "pack.gemba", place)
    assert caught.value.facts["missing_mb"] == 1
    assert not (tmp_path / "outbox").exists()


class FailingStick(FolderPlace):
    """A medium that gives back other bytes than it was given."""

    def _pieces(self, path: str) -> Generator[bytes]:
        for piece in super()._pieces(path):
            yield piece[:-1] + b"x"


def test_a_medium_that_gives_back_other_bytes_is_told(tmp_path):
    (tmp_path / "pack.gemba").write_bytes(os.urandom(1000))
    with open_place(str(tmp_path)) as place:
        stick = FailingStick(place.files, place.root, place.address)
        with pytest.raises(Trouble, match=r"carriers\.not_written"):
            parcel.push(tmp_path / "pack.gemba", stick)
    assert list(tmp_path.glob("outbox/*/*")) == []


def test_a_file_of_any_size_comes_down(place, tmp_path):
    data = os.urandom(3_500_000)
    place.put("large.gemba", data)
    assert place.fetch("large.gemba", tmp_path / "large.gemba") == len(data)
    assert (tmp_path / "large.gemba").read_bytes() == data
    with pytest.raises(Trouble, match=r"carriers\.gone"):
        place.fetch("nothing", tmp_path / "nothing")
    assert [file.name for file in tmp_path.iterdir()] == ["large.gemba"]


def test_a_folder_that_cannot_be_written_is_told_for_what_it_is(place, tmp_path):
    place.put("x", b"x")
    with pytest.raises(Trouble, match=r"carriers\.failed") as caught:
        place.fetch("x", tmp_path / "nowhere" / "x")
    assert str(tmp_path) in caught.value.facts["folder"]


def test_an_empty_mount_point_is_not_taken_for_the_stick(tmp_path):
    here, not_mounted = {"mount": ""}, {"mount": str(tmp_path)}
    with open_place(str(tmp_path), here) as place:
        place.check()
    with open_place(str(tmp_path), not_mounted) as place, pytest.raises(Trouble, match=r"carriers\.gone"):
        place.put("outbox/x", b"pulled out since somebody looked")
    assert list(tmp_path.iterdir()) == []
    with open_place(str(tmp_path), not_mounted) as place, pytest.raises(Trouble, match=r"carriers\.gone"):
        place.check()
    assert is_reachable(str(tmp_path), here)
    assert not is_reachable(str(tmp_path), not_mounted)
    assert is_reachable("/proc", {"mount": mount_of(Path("/proc/self"))})
    assert mount_of(Path("/proc/self")) == "/proc"


def test_a_password_goes_in_the_clear_over_no_network():
    with pytest.raises(Refusal, match=r"carriers\.password_in_the_clear"):
        open_place("webdav://u@dav.example.org/x", {}, "secret")
    open_place("webdav://u@dav.example.org/x", {"auth": "digest"}, "secret").close()
    open_place("webdavs://u@dav.example.org/x", {}, "secret").close()


@pytest.mark.parametrize("url", ["sftp://u@host/Site #2", "s3://bucket/a?b", "file:///media/a#b"])
def test_what_would_be_lost_of_an_address_is_refused(url):
    with pytest.raises(Refusal, match=r"carriers\.odd_character"):
        parse(url)
    assert parse("sftp://u@host/Site%20%232").path == "/Site #2"
    assert parse("/media/Site #2").path == "/media/Site #2"


def test_an_empty_address_is_not_the_folder_one_stands_in():
    for url in ("", "  "):
        with pytest.raises(Refusal, match=r"carriers\.no_address"):
            parse(url)


def test_a_name_that_no_disk_takes_has_no_mount(tmp_path):
    assert mount_of(tmp_path / ("y" * 256)) == mount_of(tmp_path)


def test_a_server_without_tls_is_not_told_as_a_bad_certificate():
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            line, _ = listener.accept()
            with line:
                line.recv(1000)
                line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        speaker = threading.Thread(target=answer)
        speaker.start()
        url = f"webdavs://127.0.0.1:{listener.getsockname()[1]}/x"
        with open_place(url, {"timeout": 5}) as place, pytest.raises(Trouble) as caught:
            place.check()
        speaker.join()
    assert caught.value.code == "carriers.no_tls"
    assert "_ssl.c" not in wording.sentence(caught.value)
