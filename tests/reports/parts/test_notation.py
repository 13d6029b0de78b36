from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gemba.reports.parts.notation import Notation

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def _in(zone: str, language: str = "en", *, rtl: bool = False) -> Notation:
    return Notation(language, rtl, zone)


@pytest.mark.parametrize(
    ("zone", "moment", "name"),
    [
        ("Europe/Madrid", "2026-07-01 14:00", "Europe/Madrid (UTC+02:00)"),
        ("Asia/Kathmandu", "2026-07-01 17:45", "Asia/Kathmandu (UTC+05:45)"),
        ("America/St_Johns", "2026-07-01 09:30", "America/St_Johns (UTC-02:30)"),
        ("UTC", "2026-07-01 12:00", "UTC (UTC+00:00)"),
        ("No/Where", "2026-07-01 12:00", "UTC (UTC+00:00)"),
        ("../../etc/passwd", "2026-07-01 12:00", "UTC (UTC+00:00)"),
        ("", "2026-07-01 12:00", "UTC (UTC+00:00)"),
    ],
)
def test_times_are_those_of_the_place(zone, moment, name):
    assert _in(zone).moment(NOON) == moment
    assert _in(zone).zone_name(NOON) == name


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [("en", 82.44, "82.4"), ("de", 82.44, "82,4"), ("pt-BR", 7.0, "7"), ("en-XA", 99.96, "100"), ("ar", 0.5, "0.5")],
)
def test_numbers_have_at_most_one_place(language, value, shown):
    assert _in("UTC", language).number(value) == shown


def test_what_is_not_known_is_a_dash():
    assert _in("UTC").day(None) == _in("UTC").moment(None) == "–"


def test_dates_keep_their_order_inside_arabic():
    assert _in("UTC", "ar", rtl=True).day(date(2026, 5, 12)) == "\u20682026-05-12\u2069"
    assert _in("UTC").day(date(2026, 5, 12)) == "2026-05-12"
