"""What the libraries say when something goes wrong on the way, as what a person can act on."""

from __future__ import annotations

import asyncio
import errno
import re
import socket
import ssl
from collections.abc import Iterator

from gemba.carriers.address import Address
from gemba.errors import GembaError, Refusal, Trouble

NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_LINE: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((socket.gaierror,), "carriers.unknown_host"),
    ((TimeoutError, asyncio.TimeoutError), "carriers.no_answer"),
    ((ConnectionError, EOFError), "carriers.cut_off"),
)
_BAD_CERTIFICATE = "CERTIFICATE_VERIFY_FAILED"
_OPENSSL = re.compile(r"\[[^\]]*SSL: [A-Z_]+\] ?| ?\(_ssl\.c:\d+\)")
"""Where in its source OpenSSL was."""
_NO_LINE = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})

LINE = frozenset(
    {"carriers.cut_off", "carriers.no_answer", "carriers.no_line", "carriers.refused", "carriers.unknown_host"}
)
"""Troubles of the line: nothing more can be asked of the server at present."""
UNREACHABLE = frozenset(
    {"carriers.gone", "carriers.unknown_host", "carriers.refused", "carriers.no_answer", "carriers.no_line"}
)
"""Troubles that may be over as soon as the place can be reached again."""


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """A failure and what it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def explain(error: BaseException, at: Address) -> GembaError:
    """A failure whose sentence says what to do; what is not known is told in the library's own words."""
    for each in chain(error):
        if isinstance(each, GembaError):
            return each
        told = _line(each, at) or _medium(each, at)
        if told is not None:
            return told
    return Trouble("carriers.failed", folder=at.url, reason=reason(error))


def reason(error: BaseException) -> str:
    """The library's own words, in one line."""
    words = " ".join(_OPENSSL.sub("", str(getattr(error, "strerror", None) or error)).split()).rstrip(".")
    return words[:200] or type(error).__name__


def of_tls(error: BaseException, at: Address) -> Trouble:
    """What was wrong with an encrypted line: it was cut, its certificate is not believed, or it is none."""
    if isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        return Trouble("carriers.cut_off", host=at.host)
    if _BAD_CERTIFICATE in str(error) or isinstance(error, ssl.SSLCertVerificationError):
        return Trouble("carriers.bad_certificate", host=at.host, reason=reason(error))
    return Trouble("carriers.no_tls", host=at.host, port=at.port or 0, reason=reason(error))


def not_let_in(at: Address) -> Trouble:
    """Nobody is let in with this password, or without a name."""
    if not at.user:
        return Trouble("carriers.no_user", host=at.host, scheme=at.scheme)
    return Trouble("carriers.wrong_password", host=at.host, user=at.user)


def no_extra(sort: str) -> Refusal:
    """A library that is only there when one asked for it."""
    return Refusal("carriers.extra_missing", extra=sort)


def _line(error: BaseException, at: Address) -> Trouble | None:
    """What went wrong between here and the server."""
    if isinstance(error, ssl.SSLError) or _BAD_CERTIFICATE in str(error):
        return of_tls(error, at)
    if isinstance(error, ConnectionRefusedError):
        return Trouble("carriers.refused", host=at.host, port=at.port or 0)
    if isinstance(error, OSError) and error.errno in _NO_LINE:
        return Trouble("carriers.no_line", host=at.host)
    code = next((code for sorts, code in _LINE if isinstance(error, sorts)), None)
    return Trouble(code, host=at.host) if code and at.host else None


def _medium(error: BaseException, at: Address) -> Trouble | None:
    """What the file system there says."""
    if isinstance(error, FileNotFoundError):
        return Trouble("carriers.gone", folder=at.url)
    if isinstance(error, PermissionError):
        return Trouble("carriers.read_only", folder=at.url)
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return Trouble("carriers.place_full", folder=at.url)
    if isinstance(error, OSError) and error.errno in READ_ONLY:
        return Trouble("carriers.read_only", folder=at.url)
    return None
