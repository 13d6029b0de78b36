"""The sign-in page."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from gemba.hq.serve.drawn import page
from gemba.hq.serve.gates import back, ours
from gemba.hq.serve.office import office_of, tell
from gemba.hq.serve.sessions import sign_in, sign_out
from gemba.hq.stewards import spelled
from gemba.wording import plural, text


def show(request: Request, _fields: FormData) -> Response:
    """The form."""
    if request.state.steward is not None:
        return back("/")
    return _form(request)


def take(request: Request, fields: FormData) -> Response:
    """Name and password were sent."""
    name, password = spelled(str(fields.get("name", ""))), str(fields.get("password", ""))
    office = office_of(request)
    seconds = office.tries.wait(name, request.client.host if request.client else "")
    if seconds:
        tell(request, "sign-in-too-often", name)
        minutes = -(-seconds // 60)
        words = plural(
            "There were too many tries; wait {n} minute, then try again.",
            "There were too many tries; wait {n} minutes, then try again.",
            minutes,
        )
        answer = _form(request, words, name, 429)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    if sign_in(request, name, password) is None:
        tell(request, "sign-in-failed", name)
        words = text("Name and password do not fit; try again, or ask an administrator for a new password.")
        return _form(request, words, name, 403)
    office.tries.forgive(name)
    tell(request, "signed-in", name)
    return back(ours(str(fields.get("next", "/"))))


def leave(request: Request, _fields: FormData) -> Response:
    """Sign out."""
    if request.state.steward is not None:
        tell(request, "signed-out", request.state.steward.name)
    sign_out(request)
    return back("/sign-in")


def _form(request: Request, words: str = "", name: str = "", status: int = 200) -> Response:
    wanted = ours(str(request.query_params.get("next", "/")))
    return page(request, "sign_in", status, words=words, name=name, wanted=wanted)
