"""Where sealed evidence lies: in the store's folder, or at any place that fsspec knows (S3, SFTP, a share)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from sqlalchemy import URL

from gemba.durable import give_name
from gemba.errors import GembaError, Refusal, Trouble
from gemba.store import elsewhere, evidence_sftp

_OBJECT_STORES = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs"})
"""Where a file is there whole or not at all, so that it needs no other name before."""

_S3 = frozenset({"s3", "s3a"})
_CONNECT, _ANSWER = 10.0, 30.0
"""Seconds until a server of objects has to be connected, and to give a sign of life (`?timeout=` in its address)."""
_TRIES = 2
"""How often it is asked; its library would ask 25 times and leave people waiting for minutes."""

_SSH = frozenset({"sftp", "ssh"})
"""What another file offers than fsspec would take."""


class EvidencePlace(Protocol):
    """Sealed files by name (`ab/abcd….age`)."""

    def has(self, name: str) -> bool:
        """True when there is such a file."""

    def size(self, name: str) -> int:
        """Bytes of a file; `FileNotFoundError` when there is none."""

    def open(self, name: str) -> BinaryIO:
        """A file, to be read; `FileNotFoundError` when there is none."""

    def put(self, part: Path, name: str) -> None:
        """Give a finished, synced local file its name there; it is there whole or not at all."""

    def remove(self, name: str) -> None:
        """Take a file away; nothing when there is none."""

    def names(self) -> Iterator[str]:
        """All files, in order."""


class FolderPlace:
    """A folder of this machine.

    Args:
        folder: made when something is put into it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, name: str) -> bool:
        """True when there is such a file."""
        return (self._folder / name).is_file()

    def size(self, name: str) -> int:
        """Bytes of a file."""
        return (self._folder / name).stat().st_size

    def open(self, name: str) -> BinaryIO:
        """A file, to be read."""
        return (self._folder / name).open("rb")

    def put(self, part: Path, name: str) -> None:
        """Give a file its name, durably."""
        give_name(part, self._folder / name)

    def remove(self, name: str) -> None:
        """Take a file away."""
        (self._folder / name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """All files, in order."""
        for file in sorted(self._folder.glob("??/*.age")):
            yield f"{file.parent.name}/{file.name}"

    def names_of(self, sha256: str) -> list[str]:
        """All files made of one content, whatever follows its hash."""
        return [f"{file.parent.name}/{file.name}" for file in self._folder.glob(f"{sha256[:2]}/{sha256}*.age")]


class FarPlace:
    """A place that fsspec knows.

    An SSH server is called when something is first asked of it: a store whose files lie on one that is away opens.

    Args:
        url: `s3://key:secret@bucket/folder?endpoint_url=…`, `sftp://user@host/folder?key_file=…`, `file:///folder` …

    Raises:
        Refusal: `store.unknown_evidence_place` when nothing here can go there.
    """

    def __init__(self, url: URL) -> None:
        self._scheme = url.drivername
        self._shown = elsewhere.shown(url)
        self._url = url
        self._made: Any = None if self._scheme in _SSH else _files(url, self._shown)
        bucket = [url.host or ""] if self._scheme in _OBJECT_STORES else []
        folders = [part for part in (url.database or "").split("/") if part]
        self._root = "/".join([*bucket, *folders]) if bucket else "/" + "/".join(folders)

    def demand_reachable(self) -> None:
        """Demand that the place answers.

        Raises:
            Trouble: `store.evidence_unreachable`, `store.evidence_host_unknown` ...
        """
        with self._told():
            self._files.exists(self._root)

    def has(self, name: str) -> bool:
        """True when there is such a file."""
        with self._told():
            return bool(self._files.exists(self._full(name)))

    def size(self, name: str) -> int:
        """Bytes of a file."""
        with self._told():
            return int(self._files.size(self._full(name)))

    def open(self, name: str) -> BinaryIO:
        """A file, to be read."""
        with self._told():
            # Buffered here once more: fsspec's own files do not read lines of a limited length.
            return io.BufferedReader(_Reading(self._files.open(self._full(name), "rb"), self._told))

    def put(self, part: Path, name: str) -> None:
        """Lay a local file there, and take it away here."""
        with self._told():
            final = self._full(name)
            if self._scheme in _OBJECT_STORES:
                self._files.put_file(str(part), final)
            else:
                self._files.makedirs(final.rpartition("/")[0], exist_ok=True)
                coming = f"{self._root}/{part.name}"
                self._files.put_file(str(part), coming)
                self._files.mv(coming, final)
        part.unlink()

    def remove(self, name: str) -> None:
        """Take a file away."""
        with self._told():
            if self._files.exists(self._full(name)):
                self._files.rm_file(self._full(name))

    def names(self) -> Iterator[str]:
        """All files, in order."""
        with self._told():
            found = sorted(self._files.find(self._root)) if self._files.exists(self._root) else []
        for path in found:
            folder, _, name = str(path).rpartition("/")
            if name.endswith(".age"):
                yield f"{folder.rpartition('/')[2]}/{name}"

    @property
    def _files(self) -> Any:
        """What the place is reached by; a line that was cut, or never laid, is laid anew."""
        if self._scheme in _SSH and (self._made is None or evidence_sftp.is_cut(self._made)):
            self._made = _files(self._url, self._shown)
        return self._made

    def _full(self, name: str) -> str:
        return f"{self._root}/{name}"

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn whatever the libraries of that place raise into a trouble; a missing file stays one."""
        try:
            yield
        except (GembaError, FileNotFoundError):
            raise
        except Exception as error:
            raise Trouble("store.evidence_unreachable", place=self._shown, said=_one_line(error)) from error


class _Reading(io.RawIOBase):
    """A file there; what goes wrong while it is read is told as everything else.

    Args:
        file: of the library.
        told: turns what it raises into a trouble.
    """

    def __init__(self, file: Any, told: Callable[[], AbstractContextManager[None]]) -> None:
        self._file, self._told = file, told
        self._at = 0

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer; how many bytes came."""
        with self._told():
            piece = self._file.read(len(buffer))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at

    def close(self) -> None:
        """Let go of the file there."""
        if not self.closed:
            with suppress(Exception):  # nothing was written
                self._file.close()
        super().close()


def _files(url: URL, shown: str) -> Any:
    import fsspec

    try:
        if url.drivername in _SSH:
            return evidence_sftp.sftp_files(url)
        made = fsspec.get_filesystem_class(url.drivername)
        files = made(**_options(url), skip_instance_cache=True, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise Refusal("store.unknown_evidence_place", evidence=shown) from error
    except GembaError:
        raise
    except Exception as error:
        raise Trouble("store.evidence_unreachable", place=shown, said=_one_line(error)) from error
    if url.drivername in _S3:
        files.retries = 1  # those of the layer below are enough
    return files


def _options(url: URL) -> dict[str, Any]:
    """What the file system is made with: who, where, and what the query says."""
    said = {name: value for name, value in url.query.items() if isinstance(value, str)}
    if url.drivername in _OBJECT_STORES:
        region = {"client_kwargs": {"region_name": said.pop("region")}} if "region" in said else {}
        patience = _patience(float(said.pop("timeout", _ANSWER))) if url.drivername in _S3 else {}
        return {"key": url.username, "secret": url.password, **region, **patience, **said}
    if url.drivername in {"file", "local"}:
        return said
    who = {"host": url.host, "port": url.port, "username": url.username, "password": url.password}
    return {name: value for name, value in who.items() if value is not None} | said


def _patience(seconds: float) -> dict[str, Any]:
    retries = {"total_max_attempts": _TRIES, "mode": "standard"}
    return {"config_kwargs": {"connect_timeout": _CONNECT, "read_timeout": seconds, "retries": retries}}


def _one_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
