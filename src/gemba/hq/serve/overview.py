"""The first page: who has not been heard of, what is missing, what waits for somebody."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from gemba.hq.serve.drawn import page
from gemba.hq.serve.gates import back
from gemba.hq.serve.office import office_of, steward_of
from gemba.store import packs_received, quarantined

FIRST = 100
"""Laptops that are shown at once: those that have been silent longest."""


def show(request: Request, _fields: FormData) -> Response:
    """The overview; whoever sees one region only begins with its figures."""
    if steward_of(request).region is not None:
        return back("/dashboard")
    office = office_of(request)
    status = office.status()
    with office.desk.reader() as reader:
        waiting = quarantined.all_quarantined(reader)
        latest = packs_received.received(reader, limit=5)
    shown = status.laptops if "all" in request.query_params else status.laptops[:FIRST]
    return page(request, "overview", status_=status, laptops=shown, waiting=waiting, latest=latest)
