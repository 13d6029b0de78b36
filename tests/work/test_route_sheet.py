"""The blank sheet of a route: stops, what to look for, what waits, lines to write, and how it is found again."""

from __future__ import annotations

from tests.reports.report_reading import whole

from gemba.work import route_stops, routes
from gemba.work.go_and_see import raise_alert
from gemba.work.route_sheet import LINES, route_pdf, sheet_of
from gemba.work.routes import route_named


def test_it_has_all_stops_in_order_what_waits_and_room_to_write(desk, place, tmp_path) -> None:
    route = routes.add_route(desk, routes.RouteDraft(title="Morning round", place=place, purpose="See the queue")).uid
    first = route_stops.StopDraft(title="Entrance", look_for="Who waits for whom?", minutes=5)
    for stop in (first, route_stops.StopDraft(title="Back office")):
        route_stops.add_stop(desk, route, stop)
    raise_alert(desk, "Why are there three forms?", place=place)
    made = route_pdf(desk, route, tmp_path / "walk.pdf")
    words = whole(tmp_path / "walk.pdf")
    told = ("Morning round", "See the queue", "1. Entrance (5 min)", "Who waits for whom?", "2. Back office")
    assert all(one in words for one in (*told, "Why are there three forms?", route[:13]))
    assert words.index("1. Entrance") < words.index("2. Back office")
    assert words.count("What was seen or said") == 3
    assert made.pages >= 1
    with desk.reader() as reader:
        found = route_named(reader, route[:13])
        facts = sheet_of(reader, found, desk.clock())
    assert found.uid == route
    assert LINES >= 4
    assert facts.number == route[:13]
