"""How the regions are doing, in charts that are drawn here and in tables that say the same."""

from __future__ import annotations

from datetime import timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from gemba.domain.places import Place
from gemba.hq.regions import regions
from gemba.hq.serve import charts, territory
from gemba.hq.serve.drawn import page
from gemba.hq.serve.office import office_of, steward_of

PERIODS = (30, 90, 365, 0)
"""Days that can be chosen; 0: all time."""
_USUAL = 90


def show(request: Request, _fields: FormData) -> Response:
    """The figures of a period, by region; of one region by site."""
    asked, office = request.query_params, office_of(request)
    wanted = asked.get("days", "")
    days = int(wanted) if wanted in {str(one) for one in PERIODS} else _USUAL
    since = office.desk.clock() - timedelta(days=days) if days else None
    with office.desk.reader() as reader:
        place = territory.chosen(reader, steward_of(request), asked.get("place", "")[:36])
        lines = regions(reader, since=since, within=place)
        named = reader.get(Place, place) if place else None
    return page(
        request,
        "dashboard",
        lines=lines,
        days=days,
        periods=PERIODS,
        place=named,
        own=steward_of(request).region,
        scores=charts.scores(lines),
        findings=charts.findings(lines),
        overdue=charts.overdue(lines),
    )
