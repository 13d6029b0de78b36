"""Binders: one document of many reports, numbered throughout, the same bytes each time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from report_reading import texts
from report_samples import START, facts

from gemba.reports.binder import Binder
from gemba.reports.binder_facts import BinderFacts, ContentsFacts, RegisterFacts, StatementFacts
from gemba.reports.facts import AssessmentFacts, Rendered

STATEMENT = (StatementFacts(heading="Chosen, but not in this pack", rows=(("A-9", "a draft"),)),)


def line(of: AssessmentFacts) -> ContentsFacts:
    return ContentsFacts(number=of.number, title=of.title, place=of.place, day=START.date(), grade=of.grade_title)


def bound(out: Path, reports: list[AssessmentFacts], register: int = 3, language: str = "en") -> Rendered:
    cover = BinderFacts(
        title="Audit pack",
        subject="Quarter 3 of 2026",
        organisation="Meridian Services",
        rows=(("Places", "Region North"),),
        figures=((0, "Reports"),),
        contents=tuple(map(line, reports)),
        when=START,
    )
    rows = (RegisterFacts(file=f"A-{at}.jpg", concerns="F-1", heading=("A-1", "Harbour")) for at in range(register))
    with out.open("w+b") as file:
        binder = Binder(file, cover, language=language)
        for place, report in enumerate(reports):
            binder.add(place, report)
        return binder.finish(STATEMENT, rows, ((len(reports), "Reports"),))


def several(count: int) -> list[AssessmentFacts]:
    return [facts(number=f"A-K7QD2M-{at:04}", place=f"Place {at}") for at in range(count)]


def test_the_contents_name_the_page_on_which_a_report_begins(tmp_path: Path) -> None:
    rendered = bound(tmp_path / "b.pdf", several(3))
    pages = texts(tmp_path / "b.pdf")
    assert rendered.pages == len(pages)
    assert pages[0].startswith("Meridian Services Audit pack Quarter 3 of 2026 3 Reports")
    for at in range(3):
        begins = next(n for n, page in enumerate(pages, 1) if n > 2 and f"Place {at}" in page and "Page 1 of" in page)
        assert f"binder {begins}" in pages[begins - 1]
        row = pages[1].partition(f"A-K7QD2M-{at:04}")[2].partition("A-K7QD2M")[0]
        assert f" {begins} " in row.replace("What is in", " ")
    assert "What is in this pack, and what is not" in pages[-2]
    assert "A-9 a draft" in pages[-2]
    assert pages[-1].count(".jpg") == 3


def test_bookmarks_lead_to_each_report_and_its_parts(tmp_path: Path) -> None:
    bound(tmp_path / "b.pdf", several(2))
    document = pypdfium2.PdfDocument(tmp_path / "b.pdf")
    toc = [(one.level, one.get_title(), one.get_dest().get_index()) for one in document.get_toc()]
    document.close()
    pages = texts(tmp_path / "b.pdf")
    assert [title for level, title, _ in toc if level == 0] == [
        "Audit pack",
        "Contents",
        "Reports",
        "What is in this pack, and what is not",
        "Evidence register",
    ]
    reports = [(title, page) for level, title, page in toc if level == 1]
    assert [title.split(" · ")[:2] for title, _ in reports] == [
        ["A-K7QD2M-0000", "Place 0"],
        ["A-K7QD2M-0001", "Place 1"],
    ]
    assert all("Page 1 of" in pages[page] for _, page in reports)
    assert {"Findings", "Answers", "Signatures"} <= {title for level, title, _ in toc if level == 2}


def test_the_same_facts_give_the_same_bytes(tmp_path: Path) -> None:
    bound(tmp_path / "1.pdf", several(3))
    bound(tmp_path / "2.pdf", several(3))
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_long_contents_and_registers_go_on_with_their_heads(tmp_path: Path) -> None:
    short = [msgspec.structs.replace(one, findings=(), sections=(), summary="") for one in several(70)]
    bound(tmp_path / "b.pdf", short, register=150)
    pages = texts(tmp_path / "b.pdf")
    contents = [page for page in pages if "Number Assessment Concluded" in page]
    assert len(contents) == 2
    assert sum(page.count("A-K7QD2M-") for page in contents) == 70
    register = [page for page in pages if "File in this pack" in page]
    assert len(register) > 2
    assert sum(page.count(".jpg") for page in register) == 150


def test_a_report_that_fails_leaves_no_page_behind(tmp_path: Path) -> None:
    good, bad = several(2)
    cover = BinderFacts(title="Audit pack", figures=((1, "x"),), contents=(line(good), line(bad)), when=START)
    out = BytesIO()
    binder = Binder(out, cover, language="en")
    binder.add(0, good)
    broken = msgspec.structs.replace(bad, concluded_at="no moment")
    with pytest.raises(AttributeError):
        binder.add(1, broken)
    rendered = binder.finish(STATEMENT, (), ((1, "x"),))
    (tmp_path / "b.pdf").write_bytes(out.getvalue())
    pages = texts(tmp_path / "b.pdf")
    assert len(pages) == rendered.pages
    assert not any("Place 1" in page for page in pages[2:])
    assert "Place 1 · " in pages[1]
    assert "–" in pages[1].partition("A-K7QD2M-0001")[2]


def test_what_was_drawn_before_a_failure_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second page of a report fails; the report after it stands where it would have stood."""
    from gemba.reports.paper.pen import Pen

    reports = several(3)
    turned, true = [0], Pen.turn_page

    def turn(pen: Pen) -> None:
        turned[0] += 1
        if turned[0] == 6:
            raise ZeroDivisionError
        true(pen)

    with (tmp_path / "b.pdf").open("w+b") as file:
        cover = BinderFacts(title="Audit pack", figures=((1, "x"),), contents=tuple(map(line, reports)), when=START)
        binder = Binder(file, cover, language="en")
        assert binder.add(0, reports[0]) == 4
        monkeypatch.setattr(Pen, "turn_page", turn)
        turned[0] = 4
        with pytest.raises(ZeroDivisionError):
            binder.add(1, reports[1])
        binder.add(2, reports[2])
        binder.finish(STATEMENT, (), ((2, "x"),))
    pages = texts(tmp_path / "b.pdf")
    assert [page for page in pages[2:] if "Place 1" in page] == []
    assert "binder 7" in pages[6]
    assert "Place 2" in pages[6]


def test_what_is_written_is_let_go_of(tmp_path: Path) -> None:
    """However many reports there were, no more of them lies in memory than after the second."""
    reports = several(6)
    cover = BinderFacts(title="Audit pack", figures=((1, "x"),), contents=tuple(map(line, reports)), when=START)
    with (tmp_path / "b.pdf").open("w+b") as file:
        binder = Binder(file, cover, language="en")
        kept = []
        for place, report in enumerate(reports):
            binder.add(place, report)
            document = binder._document
            pdf = document._pdf
            held = (pdf.idToObject, pdf.numberToId, pdf.idToObjectNumberAndVersion, document.canvas._destinations)
            kept.append([*map(len, held), len(pdf.Pages.pages)])
            assert len(document._places) == place + 1
        assert all(one == kept[1] for one in kept[1:])
        assert kept[1][-2:] == [0, 0]


def test_bookmarks_of_all_writing_systems_are_read_as_they_were_written(tmp_path: Path) -> None:
    names = ["A (b) c\\d", "Büro · Süd", "فرع الميناء", "東京支店 😀"]
    bound(tmp_path / "b.pdf", [facts(number=f"A-{at}", place=name) for at, name in enumerate(names)])
    listed = [one.get_title() for one in pypdfium2.PdfDocument(tmp_path / "b.pdf").get_toc() if one.level == 1]
    assert len(listed) == len(names)
    for name, title in zip(names, listed, strict=True):
        assert name in title


def test_names_of_both_directions_keep_their_order(tmp_path: Path) -> None:
    arabic = facts(number="A-1", title="5S area audit", place="فرع الميناء القديم")
    bound(tmp_path / "b.pdf", [arabic])
    bound(tmp_path / "r.pdf", [arabic], language="ar")
    assert "5S area audit" in texts(tmp_path / "b.pdf")[1]
    assert len(texts(tmp_path / "r.pdf")) == len(texts(tmp_path / "b.pdf"))
