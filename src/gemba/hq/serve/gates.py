"""The one door of every page: the form is genuine, somebody is signed in and may do this, failures become sentences.

What no database keeps as text, a NUL or half a surrogate pair, comes through here to no page: SQLite finds nothing by
it, PostgreSQL takes it for a mistake of the program.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gemba.errors import GembaError, Refusal
from gemba.hq.serve.drawn import told
from gemba.hq.serve.forgery import posted
from gemba.hq.serve.office import steward_of
from gemba.hq.serve.sessions import who
from gemba.store.stewards import StewardRole

Handler = Callable[[Request, FormData], Response]
"""Answers a request; the fields are those of a genuine form, none for a page that is only looked at."""

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def gate(
    handler: Handler, role: StewardRole | None, *, whole: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that lets the right people in.

    Args:
        handler: does the work, on a thread of its own.
        role: that is needed; `None`: nobody needs to be signed in.
        whole: for those only who see everything, not those of one region.
    """

    async def answer(request: Request) -> Response:
        fields = FormData()
        try:
            if request.method == "POST":
                fields = await posted(request)
            return await run_in_threadpool(_answer, request, fields, handler, role, whole)
        except GembaError as error:
            request.state.steward = getattr(request.state, "steward", None)
            return told(request, error)

    return answer


def back(path: str) -> RedirectResponse:
    """Go on to a page of ours after a form was taken."""
    return RedirectResponse(path, 303)


def ours(path: str) -> str:
    """A path that somebody asked to be led to, if it is one of this server; else the first page."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe else "/"


def _answer(request: Request, fields: FormData, handler: Handler, role: StewardRole | None, whole: bool) -> Response:  # noqa: FBT001 - run by position on another thread
    request.state.steward = who(request)
    if any(map(_NO_TEXT.search, _said(request, fields))):
        raise Refusal("hq.not_text")
    if role is not None:
        if request.state.steward is None:
            wanted = request.url.path if request.method == "GET" else "/"
            return back(f"/sign-in?next={quote(wanted)}")
        steward = steward_of(request)
        if not steward.role.may(role) or (whole and steward.region is not None):
            raise Refusal("hq.not_for_you")
    return handler(request, fields)


def _said(request: Request, fields: FormData) -> Iterator[str]:
    """Everything that the request says in its path, its query and its form."""
    yield request.scope["path"]
    for pairs in (request.query_params, fields):
        for name, value in pairs.multi_items():
            yield name
            if isinstance(value, str):
                yield value
