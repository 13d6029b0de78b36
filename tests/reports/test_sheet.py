from __future__ import annotations

import pickle
import subprocess
from datetime import UTC, datetime

import pytest

from gemba.reports.picture_facts import Area, Label, PictureFacts, Point, Shape, Stroke
from gemba.reports.picture_png import picture_png
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import (
    Cell,
    Drawing,
    Facts,
    Figures,
    Heading,
    Notice,
    Quotes,
    SheetFacts,
    Table,
    Words,
)

PICTURE = PictureFacts(
    170.0,
    60.0,
    (
        Area(20.0, 5.0, 140.0, 45.0, edge="line"),
        Stroke(((20.0, 30.0), (80.0, 12.0), (160.0, 40.0)), "accent"),
        Shape(((30.0, 40.0), (40.0, 40.0), (35.0, 30.0)), "poor"),
        *(Point(30.0 + 10 * n, 20.0, 2.0, "accent", mark) for n, mark in enumerate(["dot", "ring", "cross"])),
        Label(18.0, 28.0, "axis", 8.0, "muted", "end"),
        Label(20.0, 0.0, "a label that is far too long for its room " * 3, 8.0, "ink", width=60.0),
    ),
    "a line",
    mirrored=False,
)


def sheet(rows: int = 4, *, one_page: bool = False) -> SheetFacts:
    return SheetFacts(
        number="R-0007",
        title="What the quarter showed",
        kind_title="Complaint review",
        place="Harbour branch",
        when=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
        parts=(
            Heading("Clusters"),
            Figures((("128", "complaints"), ("3", "systemic"))),
            Notice(("Small numbers.",), "fair"),
            Words("It is told in words."),
            Table(
                ("Step", "Cases", "Verdict"),
                tuple((f"Step {n}", str(n), Cell("Systemic", "poor")) for n in range(rows)),
                (0.0, 20.0, 40.0),
                (1,),
                note="Counted with duplicates.",
            ),
            Heading("Chart", 1, new_page=not one_page),
            Drawing(PICTURE, "By week."),
            Quotes((("I waited.", "Branch"),)),
            Facts((("Seed", "abc"),)),
        ),
        one_page=one_page,
    )


def words_of(file) -> str:
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_part_is_printed(tmp_path, language) -> None:
    rendered = render(sheet(), tmp_path / "sheet.pdf", language=language)
    assert rendered.pages == 2
    said = words_of(tmp_path / "sheet.pdf")
    for words in (
        "What the quarter showed",
        "128",
        "Small numbers.",
        "Step 3",
        "Systemic",
        "By week.",
        "I waited.",
        "abc",
    ):
        assert words in said
    assert "axis" in said


def test_the_same_facts_give_the_same_bytes_also_in_another_process(tmp_path) -> None:
    render(sheet(), tmp_path / "one.pdf", language="en")
    again = pickle.loads(pickle.dumps(sheet()))
    render(again, tmp_path / "two.pdf", language="en")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_one_page_stays_one_and_says_what_it_leaves_out(tmp_path) -> None:
    assert render(sheet(one_page=True), tmp_path / "short.pdf", language="en").pages == 1
    assert "more than this page" not in words_of(tmp_path / "short.pdf")
    assert render(sheet(200, one_page=True), tmp_path / "long.pdf", language="en").pages == 1
    assert "more than this page" in words_of(tmp_path / "long.pdf")


def test_the_head_of_a_table_comes_again_on_every_page(tmp_path) -> None:
    rendered = render(sheet(120), tmp_path / "long.pdf", language="en")
    assert rendered.pages > 3
    assert words_of(tmp_path / "long.pdf").count("Verdict") >= 3


def test_a_drawing_is_a_picture_file_too(tmp_path) -> None:
    from PIL import Image

    size = picture_png(PICTURE, tmp_path / "chart.png", dots=100)
    assert size == (tmp_path / "chart.png").stat().st_size
    with Image.open(tmp_path / "chart.png") as image:
        assert image.size == (700, 267)
        colours = {colour for _, colour in image.getcolors(1 << 20)}
    assert (11, 107, 117) in colours


def test_a_heading_and_its_sentence_go_over_with_what_they_are_about(tmp_path):
    """Whatever stands above, no page ends with a heading, or with the one sentence that leads to a table."""
    cluster = (
        Heading("Late · delivery", 1),
        Words("Not enough evidence yet."),
        Table(("Sign", "Numbers"), tuple((f"sign {n}", "words " * 30) for n in range(4)), (30.0, 0.0), together=True),
    )
    for lines in range(20, 44, 2):
        above = tuple(Words(f"line {n}") for n in range(lines))
        facts = sheet()
        told = SheetFacts(title="t", kind_title="k", when=facts.when, parts=(*above, *cluster))
        out = tmp_path / f"{lines}.pdf"
        count = render(told, out, language="en").pages
        for page in range(1, count + 1):
            asked = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(out), "-"]
            read = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
            assert ("Late · delivery" in read) == ("sign 0" in read) == ("sign 3" in read)
