"""What stands before every page: headers that leave nothing to trick a browser with, and a limit to what is sent."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 64 * 1024
"""Bytes of the largest form; the largest that our pages send is a reason of a few thousand characters."""

_RANGE = re.compile(r"(?P<first>[0-9]{1,18})-(?P<last>[0-9]{0,18})|-[0-9]{1,18}")

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self';"
        " frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Shields:
    """Adds the headers, refuses what is too large, and passes over a range that cannot be read.

    Args:
        app: what is shielded.
        https: tell browsers to come by https only, for a year.
    """

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = _HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        said = Headers(scope=scope).get("content-length", "0")
        if not said.isdigit() or int(said) > LARGEST:
            await PlainTextResponse("", 413)(scope, receive, shielded)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > LARGEST:  # a form without a length that goes on and on: as if the line were cut
                return {"type": "http.disconnect"}
            return message

        await self._app(_without_bad_range(scope), counted, shielded)


def _without_bad_range(scope: Scope) -> Scope:
    """The request as if it asked for the whole file where its `Range` is malformed (RFC 9110, 14.2)."""
    if all(_is_range(said) for said in Headers(scope=scope).getlist("range")):
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"range"]}


def _is_range(said: str) -> bool:
    unit, _, parts = said.partition("=")
    found = [_RANGE.fullmatch(part.strip(" \t")) for part in parts.split(",")]
    return unit.strip().lower() == "bytes" and all(
        one is not None and (not one["last"] or int(one["first"]) <= int(one["last"])) for one in found
    )
