"""Answers: a page filled, or a sentence for a failure, in the look of the house."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gemba import __version__, wording
from gemba.errors import GembaError, Refusal
from gemba.hq.serve import forgery, terms
from gemba.hq.serve.office import office_of
from gemba.shipped import resource
from gemba.store.stewards import StewardRole
from gemba.wording import plural, right_to_left, sentence, text


@cache
def pages() -> Environment:
    """The pages; everything that is put into them is escaped."""
    made = Environment(
        loader=FileSystemLoader(resource("web", "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(t=text, plural=plural, terms=terms, roles=StewardRole, version=__version__)
    return made


def page(request: Request, template: str, /, status: int = 200, **facts: Any) -> HTMLResponse:
    """A page filled with facts.

    Args:
        request: that is answered.
        template: its file's name, without the ending.
        status: of HTTP.
        **facts: what the template names.
    """
    steward = getattr(request.state, "steward", None)
    filled = (
        pages()
        .get_template(f"{template}.html")
        .render(
            **facts,
            path=request.url.path,
            steward=steward,
            token=forgery.token(request),
            language=wording.language(),
            direction="rtl" if right_to_left() else "ltr",
            demo=office_of(request).desk.store.device.name,
        )
    )
    return HTMLResponse(filled, status)


def told(request: Request, error: GembaError) -> Response:
    """A failure as a page with its sentence."""
    codes = {"hq.form_forged": 403, "hq.not_for_you": 403, "hq.no_such_page": 404}
    status = codes.get(error.code, 400 if isinstance(error, Refusal) else 503)
    return page(request, "message", status, title=text("That did not work"), words=sentence(error))
