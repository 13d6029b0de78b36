"""Erasing a finding with its photos and the reports that show it; packs are sealed anew, headquarters keeps nothing."""

from __future__ import annotations

from gemba.domain.conclusions import IssuedReport
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.nouns import NOUNS
from gemba.store.unit import Unit
from gemba.work.erase import erase


def put(unit: Unit, noun: str, **fields: object) -> None:
    unit.put(NOUNS[noun](**fields))


def test_files_and_reports_go_with_the_words(desk, audit, place) -> None:
    photo, size = desk.store.evidence.keep(b"a face")
    paper, _ = desk.store.evidence.keep(b"a report")
    of_it = {"assessment": audit, "person": desk.person.uid}
    finding = desk.ids()
    with desk.unit() as unit:
        put(
            unit,
            "finding",
            uid=finding,
            number=unit.number(Finding),
            place=place,
            criterion="Clear",
            grade=FindingGrade.MINOR,
            text="Ana fell",
            raised_at=desk.clock(),
            **of_it,
        )
        put(
            unit,
            "evidence",
            uid=desk.ids(),
            finding=finding,
            sha256=photo,
            name="ana.jpg",
            media_type="image/jpeg",
            size=size,
            added_at=desk.clock(),
            **of_it,
        )
        put(
            unit,
            "report",
            uid=desk.ids(),
            report="assessment",
            sha256=paper,
            name="r.pdf",
            issued_at=desk.clock(),
            **of_it,
        )
    pack = desk.store.folder / "outbox" / ("e" * 64 + ".gemba")
    pack.write_bytes(b"sealed")
    done = erase(desk, "finding", finding, "Asked for.", with_files=True)
    assert done.files == (photo,)
    assert [one.sha256 for one in done.reports] == [paper]
    assert not desk.store.evidence.has(photo)
    assert not desk.store.evidence.has(paper)
    assert not pack.exists()
    with desk.reader() as reader:
        assert reader.get(Finding, finding).text == ""
        assert len(reader.find(IssuedReport)) == len(reader.find(Evidence)) == 1
