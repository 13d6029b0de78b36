"""Where a carrier carries to, as a URL: a folder, or a place on a server."""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import msgspec

from gemba.errors import Refusal


class Sort(StrEnum):
    """What stands at the other end."""

    FOLDER = "folder"
    SFTP = "sftp"
    WEBDAV = "webdav"
    SMB = "smb"
    S3 = "s3"
    OPENROSA = "openrosa"


SCHEMES = {
    "file": Sort.FOLDER,
    "sftp": Sort.SFTP,
    "webdav": Sort.WEBDAV,
    "webdavs": Sort.WEBDAV,
    "dav": Sort.WEBDAV,
    "davs": Sort.WEBDAV,
    "smb": Sort.SMB,
    "s3": Sort.S3,
    "http": Sort.OPENROSA,
    "https": Sort.OPENROSA,
}
"""What a URL begins with."""

PORTS = {"sftp": 22, "webdav": 80, "dav": 80, "webdavs": 443, "davs": 443, "smb": 445, "http": 80, "https": 443}
"""Where a server listens unless the URL says so."""


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """A URL taken apart. There is never a password in it."""

    url: str
    scheme: str
    sort: Sort
    host: str = ""
    port: int | None = None
    user: str = ""
    path: str = ""
    """As the server knows it; of a folder the system's own path."""


def parse(url: str) -> Address:
    """Take a URL apart; whatever has no scheme is a folder.

    Raises:
        Refusal: `carriers.unknown_scheme`, `carriers.password_in_url`, `carriers.bad_address`, `carriers.no_address`,
            `carriers.odd_character` (what stands behind a `#` or a `?` would be lost).
    """
    if not url.strip():
        raise Refusal("carriers.no_address")
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", url):  # one letter is a drive
        return Address(url=url, scheme="file", sort=Sort.FOLDER, path=url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refusal("carriers.bad_address", url=url) from error
    if parts.password is not None:
        raise Refusal("carriers.password_in_url")
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES:
        raise Refusal("carriers.unknown_scheme", scheme=scheme)
    if "#" in url or "?" in url:
        raise Refusal("carriers.odd_character", url=url)
    if not parts.hostname and scheme != "file":
        raise Refusal("carriers.bad_address", url=url)
    return Address(
        url=url,
        scheme=scheme,
        sort=SCHEMES[scheme],
        host=parts.hostname or "",
        port=port or PORTS.get(scheme),
        user=unquote(parts.username or ""),
        path=unquote(parts.path),
    )


def folder_of(address: Address) -> Path:
    """The folder that an address names, by its path or as `file://`."""
    named = address.url.startswith("file:")
    path = url2pathname(unquote(urlsplit(address.url).path)) if named else address.path
    return Path(path).expanduser().absolute()


def is_this_machine(host: str) -> bool:
    """True when nothing that is sent there goes over a network."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
