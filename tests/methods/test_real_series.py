"""Real series, with what they taught: plain count charts cry wolf, and one wild month swells plain limits.

The data are not redistributed; they are looked for at ../shared/data beside the checkout or in GEMBA_DATA.
"""

from __future__ import annotations

import csv
import gzip
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from gemba.methods.charts.attributes import c_chart
from gemba.methods.charts.choosing import Reason, choose_for_counts
from gemba.methods.charts.individuals import individuals
from gemba.methods.charts.laney import laney_u
from gemba.methods.charts.moving_range import Spread

DATA = Path(os.environ.get("GEMBA_DATA") or Path(__file__).parents[2].parent / "shared" / "data")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="no real data: set GEMBA_DATA to their folder")


def test_a_wild_month_swells_plain_limits_and_not_those_of_the_median_range():
    with (DATA / "cfpb_monthly_volume_2024_2026.csv").open() as lines:
        volumes = [float(row["money_transfer"]) for row in csv.DictReader(lines)]
    assert round(individuals(volumes).upper[0]) == 12964
    assert round(individuals(volumes, Spread.MEDIAN).upper[0]) == 3395


def weekly() -> list[int]:
    """Complaints a week over the four years that the records cover densely."""
    with gzip.open(DATA / "chicago_sanitation_complaints.csv.gz", "rt") as lines:
        days = Counter(date.fromisoformat(row["Creation_Date"]) for row in csv.DictReader(lines))
    first = date(2011, 1, 3)
    weeks = Counter((day - first).days // 7 for day, count in days.items() for _ in range(count) if day >= first)
    return [weeks[at] for at in range(208)]


def test_a_plain_count_chart_cries_wolf_where_laney_and_individuals_do_not():
    counts = weekly()
    assert len(c_chart(counts).beyond()) == 153
    assert len(laney_u(counts, [1.0] * 208).beyond()) == len(individuals(counts).beyond()) == 47
    assert choose_for_counts(counts).reason is Reason.OVERDISPERSED
