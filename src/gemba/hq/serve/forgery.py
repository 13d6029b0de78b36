"""Forms that only our own pages can send (WTForms' session-bound tokens): every POST goes through here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from wtforms import Form
from wtforms.csrf.session import SessionCSRF

from gemba.errors import Refusal
from gemba.hq.serve.office import office_of


def token(request: Request) -> str:
    """The token for the forms of this answer."""
    form = _form(request)
    made = form._fields["csrf_token"].current_token
    return str(made)


async def posted(request: Request) -> FormData:
    """The fields of a form that was sent from one of our pages.

    Raises:
        Refusal: `hq.form_forged` when it came from elsewhere, or from a page that was open too long.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Refusal("hq.form_forged")
    fields = await request.form(max_files=0, max_fields=50)
    if "csrf" not in request.session or not _form(request, fields).validate():
        raise Refusal("hq.form_forged")
    return fields


def _form(request: Request, fields: FormData | None = None) -> Form:
    class Meta:
        csrf = True
        csrf_class = SessionCSRF
        csrf_secret = office_of(request).secret.encode()
        csrf_context = request.session
        csrf_time_limit = timedelta(hours=12)

    data: Any = None if fields is None else _Fields(fields)
    return Form(data, meta={name: value for name, value in vars(Meta).items() if name.startswith("csrf")})


class _Fields:
    """Starlette's fields in the shape that WTForms reads."""

    def __init__(self, fields: FormData) -> None:
        self._fields = fields

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __iter__(self) -> Any:
        return iter(self._fields)

    def getlist(self, name: str) -> list[str]:
        return [value for value in self._fields.getlist(name) if isinstance(value, str)]
