from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gemba.store import hlc

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
READINGS = st.builds(
    lambda moment, steps: hlc.tick(f"{hlc.tick(hlc.START, moment)[:13]}{steps:04x}", moment),
    MOMENTS,
    st.integers(0, 0xFFFF),
)


@given(last=READINGS, now=MOMENTS)
def test_a_reading_is_later_than_the_last_whatever_the_wall_says(last, now) -> None:
    following = hlc.tick(last, now)
    assert following > last
    assert len(following) == 17


@given(last=READINGS, foreign=READINGS, now=MOMENTS)
def test_adopting_never_goes_back_and_never_runs_wild(last, foreign, now) -> None:
    adopted = hlc.adopt(last, foreign, now)
    assert adopted in {last, foreign}
    assert adopted >= last
    if adopted != last:
        assert adopted[:12] <= hlc.tick(hlc.START, now + timedelta(days=1))[:12]


def test_readings_tell_the_time() -> None:
    moment = datetime(2026, 11, 21, 2, 12, tzinfo=UTC)
    assert hlc.tick(hlc.START, moment) == f"{int(moment.timestamp() * 1000):012x}-0000"
    assert hlc.tick(hlc.tick(hlc.START, moment), moment)[-4:] == "0001"
