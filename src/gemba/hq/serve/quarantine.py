"""Packs in quarantine: an administrator lets one in, or sets it aside."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from gemba.errors import Refusal
from gemba.hq import quarantine
from gemba.hq.serve.gates import back
from gemba.hq.serve.office import office_of

ANSWERS = "down"
"""Folder in the store for receipts of packs that were let in here; the next publication carries them, too."""


def take(request: Request, fields: FormData) -> Response:
    """Somebody decided on one of them."""
    office, pack = office_of(request), request.path_params["sha256"]
    match fields.get("decision"):
        case "let-in":
            quarantine.let_in(office.desk, pack, office.desk.store.folder / ANSWERS)
        case "set-aside":
            quarantine.set_aside(office.desk, pack)
        case _:
            raise Refusal("hq.nothing_chosen")
    office.forget_status()
    return back("/#quarantine")
