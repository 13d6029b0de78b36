"""A folder of an SSH server (SFTP) as a place, by `sshfs` and `asyncssh` (extra `sftp`).

Nobody is let near the password before the server has shown the very key that was kept when the carrier was tested.
"""

from __future__ import annotations

import logging
from collections.abc import Coroutine, Generator, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from gemba.carriers import troubles
from gemba.carriers.address import Address
from gemba.carriers.deadline import ANSWER, CONNECT
from gemba.carriers.options import patience
from gemba.carriers.place import PIECE, Entry, Place
from gemba.errors import GembaError, Refusal, Trouble

HOST_KEY = "host_key"
"""Option: the server's public key in OpenSSH's form, as it was shown at the first test."""
KEY_FILE = "key_file"
"""Option: a private key to sign in with; the secret is its passphrase then."""

_FULL = frozenset({14, 15})
"""SFTP's own numbers for no room and quota."""
T = TypeVar("T")


class SftpPlace(Place):
    """A folder of an SSH server."""

    def __init__(self, files: Any, root: str, address: Address, *, timeout: float = ANSWER) -> None:
        super().__init__(files, root, address)
        self._timeout = timeout
        self._line = self._wait(files.client.start_sftp_client())

    def free_room(self) -> int | None:
        """Bytes that are free for this user, where the server says so."""
        try:
            told = self._wait(self._line.statvfs(self.root))
        except Exception:  # noqa: BLE001 - many servers do not tell, each in its own way
            return None
        return int(told.bavail * told.frsize) or None

    def close(self) -> None:
        """Hang up."""
        with suppress(Exception):
            self.files.loop.call_soon_threadsafe(self.files.client.close)

    def explain(self, error: Exception) -> GembaError:
        """What a failure means here."""
        return explain(error, self.address)

    def _wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return wait(self.files.loop, coroutine, self._timeout)

    def _is_folder(self, path: str) -> bool:
        return bool(self._wait(self._line.isdir(path)))

    def _make_folder(self, path: str) -> None:
        if not self._is_folder(path):
            self._wait(self._line.mkdir(path))

    def _list(self, path: str) -> Iterator[Entry]:
        for info in self.files.ls(path, detail=True, timeout=self._timeout):
            yield Entry(str(info["name"]).rsplit("/", 1)[-1], int(info["size"] or 0), info["type"] == "directory")

    def _write(self, path: str, data: bytes) -> None:
        opened = self._wait(self._line.open(path, "wb"))
        try:
            for start in range(0, len(data), PIECE):
                self._wait(opened.write(data[start : start + PIECE]))
            with suppress(Exception):  # an extension of OpenSSH; others have written when they say so
                self._wait(opened.fsync())
        finally:
            self._wait(opened.close())

    def _pieces(self, path: str) -> Generator[bytes]:
        opened = self._wait(self._line.open(path, "rb"))
        try:
            while piece := self._wait(opened.read(PIECE)):
                yield piece
        finally:
            self._wait(opened.close())

    def _replace(self, path: str, new: str) -> None:
        from asyncssh.sftp import SFTPOpUnsupported

        try:
            self._wait(self._line.posix_rename(path, new))
        except SFTPOpUnsupported:
            with suppress(Exception):
                self._wait(self._line.remove(new))
            self._wait(self._line.rename(path, new))

    def _remove(self, path: str) -> None:
        self.files.rm_file(path, timeout=self._timeout)


def open_sftp(address: Address, options: Mapping[str, Any], secret: str | None) -> SftpPlace:
    """Sign in at an SSH server that shows the kept key.

    Raises:
        Refusal: `carriers.host_key_unknown` when none was kept yet, `carriers.extra_missing`.
        Trouble: `carriers.host_key_changed`, `carriers.wrong_password`, `carriers.key_file`, or the line.
    """
    try:
        import asyncssh
        from sshfs import SSHFileSystem
    except ImportError as error:
        raise troubles.no_extra("sftp") from error
    _hush()
    seconds, shown = patience(options), host_key(address)
    _check_host(address, shown, str(options.get(HOST_KEY) or ""))
    try:
        files = SSHFileSystem(
            address.host,
            port=address.port,
            username=address.user or None,
            known_hosts=([asyncssh.import_public_key(shown)], [], []),
            **_credentials(address, options, secret),
            config=None,
            agent_path=None,
            login_timeout=CONNECT,
            keepalive_interval=15,
            timeout=2 * CONNECT,
            skip_instance_cache=True,
        )
        return SftpPlace(files, _root(address), address, timeout=seconds)
    except Exception as error:
        raise explain(error, address) from error


def host_key(address: Address) -> str:
    """The public key that a server shows now, in OpenSSH's form; nothing is told to the server.

    Raises:
        Trouble: it cannot be reached, or is no SSH server.
    """
    try:
        import asyncssh
        from fsspec.asyn import get_loop
    except ImportError as error:
        raise troubles.no_extra("sftp") from error
    try:
        asked = asyncssh.get_server_host_key(address.host, address.port or 22, config=None)
        key = wait(get_loop(), asked, CONNECT)
    except Exception as error:
        raise explain(error, address) from error
    if key is None:
        raise Trouble("carriers.no_ssh", host=address.host)
    return key.export_public_key().decode("ascii").strip()


def fingerprint(key: str) -> str:
    """A public key as OpenSSH shows it to people: `SHA256:…`."""
    import asyncssh

    return asyncssh.import_public_key(key).get_fingerprint()


def explain(error: Exception, address: Address) -> GembaError:
    """What a failure of the SSH libraries means."""
    for each in troubles.chain(error):
        told = _of_server(each, address) or _of_line(each, address)
        if told is not None:
            return told
    return troubles.explain(error, address)


def _of_server(error: BaseException, address: Address) -> Trouble | None:
    import asyncssh

    if isinstance(error, asyncssh.PermissionDenied):
        return troubles.not_let_in(address)
    if isinstance(error, asyncssh.SFTPNoSuchFile):
        return Trouble("carriers.gone", folder=address.url)
    if isinstance(error, asyncssh.SFTPPermissionDenied):
        return Trouble("carriers.read_only", folder=address.url)
    if isinstance(error, asyncssh.SFTPError) and error.code in _FULL:
        return Trouble("carriers.place_full", folder=address.url)
    if isinstance(error, asyncssh.SFTPFailure):  # all that OpenSSH says of a full or write-protected disk
        return Trouble("carriers.server_failed", host=address.host, reason=troubles.reason(error))
    return None


def _of_line(error: BaseException, address: Address) -> Trouble | None:
    import asyncssh

    if isinstance(error, (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.ConnectionLost)):
        return Trouble("carriers.cut_off", host=address.host)
    if isinstance(error, asyncssh.ProtocolError):
        return Trouble("carriers.no_ssh", host=address.host)
    return None


def wait(loop: Any, coroutine: Coroutine[Any, Any, T], seconds: float) -> T:
    """Let the loop of `fsspec` do something, and no longer than this."""
    import asyncio

    return asyncio.run_coroutine_threadsafe(asyncio.wait_for(coroutine, seconds), loop).result(seconds + CONNECT)


def _hush() -> None:
    """A line that was cut is told as a Trouble; asyncio need not tell it once more for each packet."""
    logging.getLogger("asyncio").addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    return "socket.send() raised exception" not in record.getMessage()


def _check_host(address: Address, shown: str, kept: str) -> None:
    if not kept:
        raise Refusal("carriers.host_key_unknown", host=address.host, fingerprint=fingerprint(shown))
    if kept.split()[:2] != shown.split()[:2]:
        raise Trouble("carriers.host_key_changed", host=address.host, fingerprint=fingerprint(shown))


def _credentials(address: Address, options: Mapping[str, Any], secret: str | None) -> dict[str, Any]:
    import asyncssh

    file = options.get(KEY_FILE)
    if not file:
        return {"password": secret or "", "client_keys": None, "preferred_auth": "password,keyboard-interactive"}
    try:
        key = asyncssh.read_private_key(str(file), secret)
    except (OSError, ValueError) as error:
        raise Trouble("carriers.key_file", host=address.host, file=str(file)) from error
    return {"client_keys": [key], "preferred_auth": "publickey"}


def _root(address: Address) -> str:
    """`/~/x` is `x` in the user's own folder."""
    return address.path.removeprefix("/~/") or "." if address.path.startswith("/~") else address.path or "/"
