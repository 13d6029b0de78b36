r"""A folder of a Windows or Samba share as a place, by `smbprotocol` (extra `smb`): `smb://DOMAIN;user@host/share/x`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from gemba.carriers import troubles
from gemba.carriers.address import Address
from gemba.carriers.deadline import ANSWER, CONNECT, within
from gemba.carriers.options import is_on, patience
from gemba.carriers.place import PIECE, Entry, Place
from gemba.errors import GembaError, Refusal, Trouble

T = TypeVar("T")

_ATTEMPTS = 0
"""Times that a sign-in is tried again by the library; the queue tries again itself."""
_NO_ROOM = frozenset({0xC000007F, 0xC0000044})
_NOT_LET_IN = frozenset({0xC0000022, 0xC00000A2})
_NOT_THERE = frozenset({0xC00000CC, 0xC000003A, 0xC0000034, 0xC00000C9})
_WRONG_PASSWORD = frozenset({0xC000006D, 0xC0000064, 0xC000006A, 0xC0000234, 0xC0000072, 0xC0000071})


class SmbPlace(Place):
    """A folder of a share. The library waits for ever, so each call gets a deadline here."""

    def __init__(self, files: Any, root: str, address: Address, *, timeout: float = ANSWER) -> None:
        super().__init__(files, root, address)
        self._timeout = timeout

    def full(self, path: str) -> str:
        r"""A path as Windows writes it: `\\host\share\…`."""
        return "\\".join([self.root, *path.split("/")]) if path else self.root

    def free_room(self) -> int | None:
        """Bytes that are free for this user."""
        import smbclient

        with suppress(Exception):
            told = self._wait(lambda: smbclient.stat_volume(self.root, port=self.address.port))
            return int(told.caller_available_size)
        return None

    def close(self) -> None:
        """Sign off and hang up; a line that was cut must not be taken for one that stands."""
        hang_up(self.address)

    def explain(self, error: Exception) -> GembaError:
        """What a failure means here."""
        return explain(error, self.address)

    def remove_folder(self, path: str) -> None:
        """Take an empty folder away; one that is not there, or that is not empty, is no trouble."""
        import smbclient

        self._known.clear()
        with suppress(Exception):
            self._wait(lambda: smbclient.rmdir(self.full(path), port=self.address.port))

    def _wait(self, call: Callable[[], T]) -> T:
        return within(self._timeout, call)

    def _is_folder(self, path: str) -> bool:
        import smbclient.path

        return bool(self._wait(lambda: smbclient.path.isdir(path, port=self.address.port)))

    def _make_folder(self, path: str) -> None:
        import smbclient

        if not self._is_folder(path):
            with suppress(FileExistsError):
                self._wait(lambda: smbclient.mkdir(path, port=self.address.port))

    def _list(self, path: str) -> Iterator[Entry]:
        import smbclient

        def scan() -> list[Entry]:
            found = smbclient.scandir(path, port=self.address.port)
            return [Entry(one.name, one.smb_info.end_of_file, one.is_dir()) for one in found]

        yield from self._wait(scan)

    def _write(self, path: str, data: bytes) -> None:
        opened = self._wait(lambda: self._open(path, "wb"))
        try:
            for start in range(0, len(data), PIECE):
                piece = data[start : start + PIECE]
                self._wait(lambda piece=piece: opened.write(piece))  # type: ignore[misc]
        finally:
            self._wait(opened.close)

    def _pieces(self, path: str) -> Generator[bytes]:
        opened = self._wait(lambda: self._open(path, "rb"))
        try:
            while piece := self._wait(lambda: opened.read(PIECE)):
                yield piece
        finally:
            self._wait(opened.close)

    def _open(self, path: str, mode: str) -> Any:
        import smbclient

        return smbclient.open_file(path, mode, buffering=0, port=self.address.port, share_access="r")

    def _replace(self, path: str, new: str) -> None:
        import smbclient

        self._wait(lambda: smbclient.replace(path, new, port=self.address.port))

    def _remove(self, path: str) -> None:
        import smbclient

        self._wait(lambda: smbclient.remove(path, port=self.address.port))


def open_smb(address: Address, options: Mapping[str, Any], secret: str | None) -> SmbPlace:
    """Sign in at a share. Options: `encrypt` (refuse a line that is not encrypted), `timeout`.

    Raises:
        Refusal: `carriers.extra_missing`, `carriers.no_share`.
        Trouble: `carriers.wrong_password`, or the line.
    """
    try:
        from fsspec.implementations.smb import SMBFileSystem
    except ImportError as error:
        raise troubles.no_extra("smb") from error
    parts = [part for part in address.path.split("/") if part]
    if not parts:
        raise Refusal("carriers.no_share", url=address.url)
    seconds = patience(options)
    domain, _, user = address.user.rpartition(";")
    hang_up(address)
    try:
        files = within(
            2 * CONNECT,
            lambda: SMBFileSystem(
                host=address.host,
                port=address.port,
                username=(f"{domain}\\{user}" if domain else user) or None,
                password=secret or None,
                timeout=int(CONNECT),
                encrypt=True if is_on(options, "encrypt") else None,
                register_session_retries=_ATTEMPTS,
                skip_instance_cache=True,
            ),
        )
    except Exception as error:
        raise explain(error, address) from error
    root = "\\".join(["\\", address.host, *parts])
    return SmbPlace(files, root, address, timeout=seconds)


def hang_up(address: Address) -> None:
    """Drop the line to a server, whatever state it is in; the library keeps lines for all its callers."""
    import smbclient

    with suppress(Exception):
        within(2.0, lambda: smbclient.delete_session(address.host, port=address.port or 445))


def explain(error: Exception, address: Address) -> GembaError:
    """What a failure of the SMB library means."""
    from smbprotocol.exceptions import SMBAuthenticationError, SMBConnectionClosed, SMBException, SMBResponseException

    for each in troubles.chain(error):
        if isinstance(each, SMBAuthenticationError):
            return troubles.not_let_in(address)
        if isinstance(each, SMBConnectionClosed):
            return Trouble("carriers.cut_off", host=address.host)
        status = getattr(each, "ntstatus", None) or (each.status if isinstance(each, SMBResponseException) else None)
        told = None if status is None else _of_status(int(status), address)
        if told is not None:
            return told
    if isinstance(error, (SMBException, ValueError)) and "Failed to connect" in str(error):
        return Trouble("carriers.refused", host=address.host, port=address.port or 445)
    return troubles.explain(error, address)


def _of_status(status: int, address: Address) -> Trouble | None:
    if status in _WRONG_PASSWORD:
        return troubles.not_let_in(address)
    if status in _NO_ROOM:
        return Trouble("carriers.place_full", folder=address.url)
    if status in _NOT_LET_IN:
        return Trouble("carriers.read_only", folder=address.url)
    if status in _NOT_THERE:
        return Trouble("carriers.gone", folder=address.url)
    return None
