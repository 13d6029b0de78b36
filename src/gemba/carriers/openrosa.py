"""Send submissions to an OpenRosa server: ODK Central, Kobo, Ona (extra `openrosa`).

A submission is taken when the server says 201 or 202; sent twice, it is the same one by its instance id. Source:
OpenRosa 1.0 form submission API and metadata, https://docs.getodk.org/openrosa-form-submission/.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from email.utils import formatdate
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import msgspec

from gemba.carriers import troubles
from gemba.carriers.address import is_this_machine, parse
from gemba.carriers.deadline import CONNECT
from gemba.carriers.options import patience
from gemba.carriers.webdav_place import base_url, of_line, trusted
from gemba.errors import GembaError, Refusal, Trouble

TAKEN = frozenset({201, 202})
"""What a server says when it has taken a submission; 200 is said by gates that want a sign-in first."""
MOST = 10_000_000
"""Bytes of one request when the server does not say how many it takes."""
_OVERHEAD = 1000
"""Bytes that are reckoned for the head of each file in a request."""
_NOT_LET_IN = frozenset({401, 403})
_RULES = {
    404: "carriers.form_unknown_there",
    409: "carriers.submission_differs",
    413: "carriers.file_too_large_there",
}
_NO_CONTENT, _UNAUTHORIZED, _SERVERS_FAULT = 204, 401, 500
_HEADERS = {"X-OpenRosa-Version": "1.0", "User-Agent": "Gemba"}


class Submission(msgspec.Struct, frozen=True):
    """A form that was filled in, and the files that its answers name."""

    instance_id: str
    """`uuid:…`."""
    xml: bytes
    media: tuple[tuple[str, bytes], ...] = ()
    """Names and bytes."""


class Sent(msgspec.Struct, frozen=True):
    """A submission that the server has."""

    requests: int
    words: str
    """What the server said."""


class Server:
    """An OpenRosa server, as long as it is open.

    Args:
        url: of the server, or of its `/submission`; `https://user@host/…`.
        options: `auth` (`basic` or `digest`; else as the server asks), `certificate` (a file of trusted ones).
        secret: the user's password.

    Raises:
        Refusal: `carriers.extra_missing`.
    """

    def __init__(self, url: str, options: Mapping[str, Any] | None = None, secret: str | None = None) -> None:
        try:
            import httpx
        except ImportError as error:
            raise troubles.no_extra("openrosa") from error
        self._address = parse(url)
        self._options = dict(options or {})
        self._secret = secret or ""
        base = base_url(self._address).rstrip("/")
        self._url = base if base.endswith("/submission") else f"{base}/submission"
        self._most: int | None = None
        within = httpx.Timeout(patience(self._options), connect=CONNECT)
        self._http = httpx.Client(timeout=within, verify=trusted(self._options), headers=_HEADERS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._http.close()

    def check(self) -> None:
        """Ask the server where submissions go and how large they may be, signing in as it wants.

        Raises:
            Trouble: it cannot be reached, is no OpenRosa server, or lets nobody in with this password.
        """
        if self._most is not None:
            return
        answer = self._ask()
        if answer.status_code == _UNAUTHORIZED and self._address.user:
            self._sign_in(answer.headers.get_list("www-authenticate"))
            answer = self._ask()
        if answer.status_code in _NOT_LET_IN:
            raise troubles.not_let_in(self._address)
        if not self._is_openrosa(answer):
            raise Trouble("carriers.no_openrosa", url=self._url, status=answer.status_code)
        self._follow(answer.headers.get("location"))
        length = answer.headers.get("x-openrosa-accept-content-length", "")
        self._most = int(length) if length.isdigit() and int(length) > 0 else MOST

    def send(self, submission: Submission, *, begin: int = 0, told: Callable[[int, int], object] | None = None) -> Sent:
        """Send a submission, in several requests when it is large; twice is the same as once.

        Args:
            submission: what is sent.
            begin: how many of its requests the server has taken earlier.
            told: how many of how many requests are taken; whatever it raises stops the sending.

        Raises:
            Refusal: the server knows no such form, or has another submission under this id.
            Trouble: the line, the sign-in, or the server itself.
        """
        self.check()
        batches = list(split(submission, self._most or MOST))
        words = ""
        for number, media in enumerate(batches):
            last = number == len(batches) - 1
            if number >= begin or last:
                words = self._post(submission, media, complete=last)
            if told is not None:
                told(number + 1, len(batches))
        return Sent(len(batches), words)

    def _ask(self) -> Any:
        with self._told():
            return self._http.head(self._url, headers={"Date": formatdate(usegmt=True)})

    def _post(self, submission: Submission, media: tuple[tuple[str, bytes], ...], *, complete: bool) -> str:
        files: list[tuple[str, Any]] = [("xml_submission_file", ("submission.xml", submission.xml, "text/xml"))]
        for name, data in media:
            files.append((name, (name, data, mimetypes.guess_type(name)[0] or "application/octet-stream")))
        if not complete:
            files.append(("*isIncomplete*", (None, b"yes")))
        with self._told():
            answer = self._http.post(self._url, files=files, headers={"Date": formatdate(usegmt=True)})
        words = message(answer.content)
        if answer.status_code not in TAKEN:
            raise self._refused(answer.status_code, words)
        return words

    def _sign_in(self, challenges: list[str]) -> None:
        """Choose how to sign in. A password goes in the clear over no line that others can read."""
        import httpx

        offered = {challenge.split()[0].lower() for challenge in challenges if challenge.split()}
        how = str(self._options.get("auth") or ("digest" if "digest" in offered else "basic")).lower()
        if how == "digest":
            self._http.auth = httpx.DigestAuth(self._address.user, self._secret)
            return
        if self._address.scheme != "https" and not is_this_machine(self._address.host):
            raise Refusal("carriers.password_in_the_clear", host=self._address.host)
        self._http.auth = httpx.BasicAuth(self._address.user, self._secret)

    def _is_openrosa(self, answer: Any) -> bool:
        """A server that speaks OpenRosa says so, or answers 204 as the standard wants; a gate with a page does not."""
        return answer.status_code == _NO_CONTENT or "x-openrosa-version" in answer.headers

    def _follow(self, location: str | None) -> None:
        """Send where the server says, as long as it is the same server: the password is for no other."""
        if not location:
            return
        url = urljoin(self._url, location)
        if urlsplit(url)[:2] != urlsplit(self._url)[:2]:
            raise Trouble("carriers.other_server", host=self._address.host, url=url)
        self._url = url

    def _refused(self, status: int, words: str) -> GembaError:
        host = self._address.host
        if status in _NOT_LET_IN:
            return troubles.not_let_in(self._address)
        if status >= _SERVERS_FAULT:
            return Trouble("carriers.server_failed", host=host, reason=words or f"HTTP {status}")
        return Refusal(_RULES.get(status, "carriers.submission_refused"), host=host, reason=words or f"HTTP {status}")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn whatever the library raises into what a person can act on."""
        try:
            yield
        except Exception as error:
            raise self.explain(error) from error

    def explain(self, error: Exception) -> GembaError:
        """What a failure of the line means."""
        return of_line(error, self._address) or troubles.explain(error, self._address)


def split(submission: Submission, most: int) -> Iterator[tuple[tuple[str, bytes], ...]]:
    """The files of a submission, as many at once as the server takes beside the answers; at least one batch."""
    room = most - len(submission.xml) - 2 * _OVERHEAD
    batch: list[tuple[str, bytes]] = []
    size = 0
    for name, data in submission.media:
        cost = len(data) + _OVERHEAD + 2 * len(name.encode())
        if batch and size + cost > room:
            yield tuple(batch)
            batch, size = [], 0
        batch.append((name, data))
        size += cost
    yield tuple(batch)


def message(answer: bytes) -> str:
    """What a server says to people: the text of `<message>` in its OpenRosaResponse; else nothing."""
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    with suppress(Exception):
        for element in fromstring(answer[:100_000]).iter():
            if str(element.tag).rpartition("}")[2] == "message" and element.text:
                return " ".join(str(element.text).split())[:200]
    return ""
