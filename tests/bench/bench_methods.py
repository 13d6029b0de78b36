"""The field's statistics at size: events to charts, clusters with all tests, agreement, sampling, false alarms.

Run by hand: `uv run python tests/bench/bench_methods.py`. Times are seconds; a bare loop of the same Python is measured
in the same run, because machines differ.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta

from gemba.methods.agreement.krippendorff import Level, alpha_interval
from gemba.methods.charts.attributes import c_chart
from gemba.methods.charts.counting import counts_by_month
from gemba.methods.charts.funnel import funnel_of_rates
from gemba.methods.charts.laney import laney_u
from gemba.methods.rules.false_alarms import false_alarms
from gemba.methods.rules.sets import NELSON, read
from gemba.methods.sampling.frame import draw_sample, freeze_frame, is_same_draw
from gemba.methods.survival import kaplan_meier
from gemba.methods.systemic import Cluster, propose

CHANCE = random.Random(1)
EVENTS = 1_000_000
SITES = [f"site {at:03d}" for at in range(400)]


def timed(name: str, work: Callable[[], object]) -> None:
    begun = time.perf_counter()
    work()
    print(f"{name:<78} {time.perf_counter() - begun:7.3f}")


def bare_loop() -> None:
    for _ in range(10_000_000):
        pass


def clusters() -> list[Cluster]:
    """100,000 cases in 5,000 clusters."""
    return [
        Cluster(
            sites=[SITES[at % (1 + number % 9)] for at in range(20)],
            people=["early" if at % 2 else "late" for at in range(20)],
            dates=[date(2026, 3, 1 + at % 28) for at in range(20)],
            baseline=0.0001 + number % 7 / 10_000,
            before=(10 + number % 20, 90.0),
            exposure=90.0,
            closed=[date(2026, 1, 15)],
        )
        for number in range(5_000)
    ]


def main() -> None:
    days = [date(2023, 1, 1) + timedelta(days=CHANCE.randrange(1096)) for _ in range(EVENTS)]
    sites = [CHANCE.choice(SITES) for _ in range(EVENTS)]
    timed("a bare loop of 10 M rounds", bare_loop)
    timed("1 M events: counts by month and site, chart and rules of the whole", lambda: one_chart(days, sites))
    table = counts_by_month(days, sites)
    timed("400 sites x 36 months: a chart with N1 and Anhøj for each", lambda: all_charts(table.groups))
    totals = [sum(counts) for counts in table.groups.values()]
    timed("400 sites: funnel with overdispersion", lambda: funnel_of_rates(totals, [1000.0] * len(totals)))
    u = [float(CHANCE.randrange(5, 15)) for _ in range(10_000)]
    timed("u' chart of 10,000 points, all eight of Nelson's rules", lambda: read(laney_u(u, [10.0] * 10_000), NELSON))
    found = clusters()
    timed("100,000 cases in 5,000 clusters: all clauses", lambda: propose(found, 100_000))
    units = [[CHANCE.randrange(4), CHANCE.randrange(4)] for _ in range(2_000)]
    for level in Level:
        timed(f"alpha ({level}), 2,000 pairs, 1,000 draws", lambda level=level: alpha_interval(units, level))
    timed("200,000 ids: frame, sample of 400, drawn again", redraw)
    timed("false alarms of N1 with Anhøj, 1,500 series of 52", lambda: false_alarms(mean=5, periods=52))
    times = [float(CHANCE.randrange(400)) for _ in range(100_000)]
    timed("Kaplan-Meier of 100,000", lambda: kaplan_meier(times, [each < 300 for each in times]).quantile(0.9))


def one_chart(days: list[date], sites: list[str]) -> None:
    read(c_chart(counts_by_month(days, sites).whole))


def all_charts(groups: dict[str, tuple[int, ...]]) -> None:
    for counts in groups.values():
        read(c_chart(counts))


def redraw() -> None:
    frame = freeze_frame(f"D-{at:06d}" for at in range(200_000))
    assert is_same_draw(draw_sample(frame, 400, "2026-Q3"), frame)


if __name__ == "__main__":
    main()
