"""Places as people write and paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.store.camera_remarks import Position
from gemba.ui.conduct import geo_words

PARIS = (48.856667, 2.350833)


@pytest.mark.parametrize(
    "typed",
    [
        "48.856667 2.350833", "48.856667, 2.350833", "48.856667,2.350833", "48,856667 2,350833", "48,856667; 2,350833",
        "48°51'24\"N 2°21'03\"E", "48°51′24″ N, 2°21′3″ E", "N 48°51'24\" E 2°21'03\"", "2°21'03\"E 48°51'24\"N",
        "48° 51.4' N 2° 21.05' E", "48.856667N 2.350833E", "48.856667° 2.350833°", "N48.856667 E2.350833",
        "https://www.google.com/maps/@48.856667,2.350833,15z",
        "https://www.google.com/maps/place/X/@1.0,2.0,17z/data=!3m1!4b1!4m5!3m4!1s0x0:0x0!8m2!3d48.856667!4d2.350833",
        "https://maps.google.com/?q=48.856667,2.350833", "https://maps.apple.com/?ll=48.856667,2.350833&z=12",
        "https://www.openstreetmap.org/#map=15/48.856667/2.350833",
        "https://www.openstreetmap.org/?mlat=48.856667&mlon=2.350833#map=4/1/2",
        "https://www.bing.com/maps?cp=48.856667~2.350833&lvl=15", "geo:48.856667,2.350833;u=35",
    ],
)  # fmt: skip
def test_a_place_is_read_as_it_is_written(typed: str) -> None:
    found = geo_words.read_point(typed)
    assert found is not None, typed
    assert (found.latitude, found.longitude) == pytest.approx(PARIS, abs=2e-6)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("-33.5 151.25 12 4.5", "-33.5 151.25 12 4.5"), ("−33,5 151,25", "-33.5 151.25 0 0"),
        ("33°30'S 151°15'E", "-33.5 151.25 0 0"), ("33.5S 20W", "-33.5 -20 0 0"), ("0 0", "0 0 0 0"), ("", ""),
        ("geo:1,2;u=35", "1 2 0 35"),
    ],
)  # fmt: skip
def test_the_form_keeps_four_numbers(typed: str, value: str) -> None:
    assert geo_words.lexical_point(typed) == value


@pytest.mark.parametrize(
    "typed",
    ["91 2", "48 181", "here", "48", "1 2 3 4 5", "48°61'00\"N 2°21'03\"E", "48N 50N", "1 2 3 -4", "12:30 to 13:00",
     "https://example.org/", "N E", "48.5°30'N 2°E"],
)  # fmt: skip
def test_what_is_no_place_stays_as_it_was_typed(typed: str) -> None:
    assert geo_words.read_point(typed) is None
    assert geo_words.lexical_point(typed) == typed


@given(
    st.floats(-90, 90).map(lambda x: round(x, 6)), st.floats(-180, 180).map(lambda x: round(x, 6)),
    st.floats(-400, 9000).map(lambda x: round(x, 1)), st.floats(0, 500).map(lambda x: round(x, 1)),
)  # fmt: skip
def test_what_is_kept_reads_back(latitude: float, longitude: float, altitude: float, accuracy: float) -> None:
    value = geo_words.kept(Position(latitude, longitude, altitude, accuracy))
    assert geo_words.lexical_point(value) == value
    again = geo_words.read_point(value)
    assert again is not None
    assert (again.latitude, again.longitude) == pytest.approx((latitude, longitude), abs=1e-6)


@given(st.text(max_size=40))
def test_nothing_typed_is_lost_and_nothing_breaks(typed: str) -> None:
    assert bool(geo_words.lexical_point(typed)) == bool(typed.strip())
    geo_words.points_of(typed)


def test_length_and_area_of_a_known_field() -> None:
    value = geo_words.lexical_line("0 0\n0 0.001; 0.001 0.001\n0.001 0")
    points = [point for point in geo_words.points_of(value) if point is not None]
    assert geo_words.length(points) == pytest.approx(3 * 111.195, rel=1e-4)
    assert geo_words.area(points) == pytest.approx(111.195**2, rel=1e-4)
    assert geo_words.lines_of(geo_words.closed(value))[-1] == "0 0 0 0"
    assert geo_words.closed(geo_words.closed(value)) == geo_words.closed(value)
