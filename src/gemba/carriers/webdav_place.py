"""A folder of a WebDAV server (Nextcloud, ownCloud, SharePoint, NAS) as a place, by `webdav4` (extra `webdav`)."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from typing import Any

from gemba.carriers import troubles
from gemba.carriers.address import Address, is_this_machine
from gemba.carriers.deadline import CONNECT
from gemba.carriers.options import patience
from gemba.carriers.place import Entry, Place
from gemba.errors import GembaError, Refusal, Trouble

_FORBIDDEN, _NOT_ALLOWED, _CONFLICT, _TOO_LARGE, _QUOTA = 403, 405, 409, 413, 507
_UNAUTHORIZED, _NOT_FOUND, _BAD, _SERVERS_FAULT = 401, 404, 400, 500


class WebdavPlace(Place):
    """A folder of a WebDAV server."""

    def close(self) -> None:
        """Hang up."""
        with suppress(Exception):
            self.files.client.http.close()

    def free_room(self) -> int | None:
        """Bytes of the quota that are left, where the server says so."""
        with suppress(Exception):
            told = self.files.client.get_property(self.root or "/", "quota-available-bytes", "DAV:")
            return int(told) if int(told) > 0 else None
        return None

    def explain(self, error: Exception) -> GembaError:
        """What a failure means here."""
        return explain(error, self.address)

    def full(self, path: str) -> str:
        """Paths are relative to the URL, which is the place."""
        return path

    def check(self) -> None:
        """Find out whether the folder is there; a server that is not asked nicely says 404 for it."""
        with self.told():
            self.files.client.propfind("")

    def _make_folder(self, path: str) -> None:
        from webdav4.client import HTTPError, ResourceAlreadyExists

        try:
            self.files.client.mkdir(path)
        except ResourceAlreadyExists:
            return
        except HTTPError as error:
            if error.status_code != _NOT_ALLOWED:  # what some say of a folder that is there
                raise

    def _list(self, path: str) -> Iterator[Entry]:
        for info in self.files.ls(path, detail=True):
            name = str(info["name"]).rstrip("/").rsplit("/", 1)[-1]
            yield Entry(name, int(info.get("size") or 0), info["type"] == "directory")

    def _write(self, path: str, data: bytes) -> None:
        self.files.client.request("PUT", path, content=data)

    def _pieces(self, path: str) -> Generator[bytes]:
        client = self.files.client
        with client.http.stream("GET", client.join_url(path)) as answer:
            if answer.status_code == _NOT_FOUND:
                raise FileNotFoundError(path)
            if answer.status_code >= _BAD:
                raise of_status(answer.status_code, self.address)
            yield from answer.iter_bytes()

    def _replace(self, path: str, new: str) -> None:
        self.files.client.move(path, new, overwrite=True)

    def _remove(self, path: str) -> None:
        self.files.rm_file(path)


def open_webdav(address: Address, options: Mapping[str, Any], secret: str | None) -> WebdavPlace:
    """Open a WebDAV folder. Options: `auth` (`basic` or `digest`), `certificate` (a file of trusted ones), `timeout`.

    Raises:
        Refusal: `carriers.extra_missing`, `carriers.password_in_the_clear`.
    """
    try:
        import httpx
        from webdav4.fsspec import WebdavFileSystem
    except ImportError as error:
        raise troubles.no_extra("webdav") from error
    sign_in: Any = None
    seconds = patience(options)
    if address.user:
        digest = options.get("auth") == "digest"
        if not digest and address.scheme in {"webdav", "dav"} and not is_this_machine(address.host):
            raise Refusal("carriers.password_in_the_clear", host=address.host)
        how = httpx.DigestAuth if digest else httpx.BasicAuth
        sign_in = how(address.user, secret or "")
    try:
        files = WebdavFileSystem(
            base_url(address),
            auth=sign_in,
            retry=False,
            timeout=httpx.Timeout(seconds, connect=CONNECT),
            verify=trusted(options),
            skip_instance_cache=True,
        )
    except Exception as error:
        raise explain(error, address) from error
    return WebdavPlace(files, "", address)


def base_url(address: Address) -> str:
    """The URL as HTTP knows it, without the user."""
    from urllib.parse import quote

    scheme = "https" if address.scheme in {"webdavs", "davs", "https"} else "http"
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"{scheme}://{host}:{address.port}{quote(address.path)}"


def trusted(options: Mapping[str, Any]) -> Any:
    """Which certificates are believed: those of the system, or of the file that was named."""
    import ssl

    file = options.get("certificate")
    if not file:
        return True
    try:
        return ssl.create_default_context(cafile=str(file))
    except (OSError, ssl.SSLError) as error:
        raise Trouble("carriers.certificate_file", file=str(file)) from error


def explain(error: Exception, address: Address) -> GembaError:
    """What a failure of the HTTP libraries means."""
    from webdav4.client import HTTPError, InsufficientStorage, ResourceNotFound

    for each in troubles.chain(error):
        if isinstance(each, InsufficientStorage):
            return Trouble("carriers.place_full", folder=address.url)
        if isinstance(each, ResourceNotFound):
            return Trouble("carriers.gone", folder=address.url)
        if isinstance(each, HTTPError):
            return of_status(each.status_code, address)
    return of_line(error, address) or troubles.explain(error, address)


def of_status(status: int, address: Address) -> Trouble:
    """What a status of HTTP means."""
    if status == _UNAUTHORIZED:
        return troubles.not_let_in(address)
    if status in {_TOO_LARGE, _QUOTA}:
        return Trouble("carriers.place_full", folder=address.url)
    if status in {_FORBIDDEN, _NOT_ALLOWED}:
        return Trouble("carriers.read_only", folder=address.url)
    if status == _CONFLICT:  # the folder above is not there any more
        return Trouble("carriers.gone", folder=address.url)
    if status >= _SERVERS_FAULT:
        return Trouble("carriers.server_failed", host=address.host, reason=f"HTTP {status}")
    return Trouble("carriers.failed", folder=address.url, reason=f"HTTP {status}")


def of_line(error: Exception, address: Address) -> Trouble | None:
    """What `httpx` says of the line, where it does not tell the system's own failure."""
    import httpx

    for each in troubles.chain(error):
        if isinstance(each, httpx.TimeoutException):
            return Trouble("carriers.no_answer", host=address.host)
        if isinstance(each, (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError, httpx.CloseError)):
            return Trouble("carriers.cut_off", host=address.host)
    return None
