from __future__ import annotations

import csv

import pytest
from PIL import Image
from tests.work.charting import STEADY, measure_of
from tests.work.complaining import complain

from gemba.domain.measures import Measure
from gemba.errors import Refusal, Trouble
from gemba.work.chart_facts import chart_of
from gemba.work.chart_files import chart_file
from gemba.work.measures import measure_of_filters


def test_a_picture_a_page_and_a_table_are_written(desk, tmp_path):
    facts = chart_of(desk, measure_of(desk, (*STEADY, 40)))
    for name in ("chart.png", "chart.pdf", "chart.CSV"):
        assert chart_file(desk, facts, tmp_path / name) == (tmp_path / name).stat().st_size
    with Image.open(tmp_path / "chart.png") as image:
        assert image.width > image.height > 400
    assert (tmp_path / "chart.pdf").read_bytes().startswith(b"%PDF")
    rows = list(csv.DictReader((tmp_path / "chart.CSV").read_text("utf-8-sig").splitlines()))
    assert [float(row["value"]) for row in rows] == [*STEADY, 40]
    assert [row["rules"] for row in rows][-1] == "N1"


@pytest.mark.parametrize("kind", ["i", "run", "cusum", "pareto"])
def test_other_charts_are_written_too(desk, tmp_path, kind):
    facts = chart_of(desk, measure_of(desk, STEADY), kind) if kind != "pareto" else None
    if facts is None:
        complain(desk, cause="late")
        facts = chart_of(desk, measure_of_filters("all", desk), kind)
    assert chart_file(desk, facts, tmp_path / "chart.pdf") > 1000
    assert chart_file(desk, facts, tmp_path / "chart.png") > 1000


def test_a_cause_that_is_a_formula_is_neutralised(desk, tmp_path):
    complain(desk, cause="=cmd|' /C calc'!A0")
    chart_file(desk, chart_of(desk, measure_of_filters("all", desk), "pareto"), tmp_path / "bars.csv")
    rows = list(csv.reader((tmp_path / "bars.csv").read_text("utf-8-sig").splitlines()))
    assert rows[1][0].startswith("'=")


def test_another_ending_is_refused_and_a_folder_that_is_none_is_told(desk, tmp_path):
    facts = chart_of(desk, measure_of(desk, STEADY))
    with pytest.raises(Refusal, match="chart_file_sort"):
        chart_file(desk, facts, tmp_path / "chart.docx")
    with pytest.raises(Trouble, match="no_folder"):
        chart_file(desk, facts, tmp_path / "none" / "chart.png")
    with desk.reader() as reader:
        assert len(reader.find(Measure)) == 1
