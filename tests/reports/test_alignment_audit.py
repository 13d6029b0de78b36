"""The report of an alignment audit: what it says, in which order, and what it leaves out."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime

import msgspec
import pytest
from report_reading import pictures, whole

from gemba.reports.alignment_audit import AuditReport, FindingSaid, render
from gemba.reports.facts import ActionFacts, PairFacts, PhotoFacts
from gemba.wording import LONG, MIRRORED

FINDING = FindingSaid(
    number="F-1",
    grade=("Minor nonconformity", "fair"),
    goal="Told before it is felt",
    criterion="We tell you of every change before you notice it.",
    words="Customers hear of changes only at the counter.",
    evidence=(("D-7\nCounter closes at four", "Against: The log shows three calls"),),
    files=("letter.jpg · SHA-256 0123456789abcdef…",),
    responses=("Branch lead contests it: It is in the file Upheld: It is not",),
)
REPORT = AuditReport(
    number="Q-K7QD2M-0012",
    title="Alignment audit 2026-Q1",
    place="Harbour branch",
    person="Lead Auditor",
    when=datetime(2026, 4, 9, 12, tzinfo=UTC),
    about=(("Number", "Q-K7QD2M-0012"), ("Scope", "Harbour branch · 2026-Q1")),
    figures=(("83.3 %", "aligned"), ("40", "decisions in the sample")),
    rate=("Aligned: 83.3 % (74.2 – 89.6 %).",),
    summary=("Most promises are kept.",),
    goals=(("Told before it is felt", "30", "4", "6", "2", "75.0 %"),),
    constraints=(("Time", "1", "4"),),
    findings=(FINDING,),
    withdrawn=(msgspec.structs.replace(FINDING, number="F-2"),),
    exceptions=(("D-9", "Told before it is felt", "The storm", "2026-04-30"),),
    two=("Two auditors judged 12 verdicts apart.",),
    shows=("40 of 200 decisions.",),
    hides=("It says nothing of decisions that nobody recorded.",),
    proof=("Drawn with seed one.",),
    remarks=("Fewer than 5 verdicts.",),
    conduct=(("Opening meeting", (("Who took part?", "Branch lead, auditor"),)),),
    criteria=(("Told before it is felt, version 2", "We tell you", "Head of service"),),
    decisions=tuple((f"D-{n}", "2026-01-12", "Counter closes at four", "Aligned 1") for n in range(1, 90)),
)


@pytest.fixture
def words(tmp_path):
    def read(facts: AuditReport = REPORT, language: str = "en") -> str:
        file = tmp_path / "report.pdf"
        render(facts, file, language=language)
        return subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True).stdout

    return read


def test_it_tells_the_conclusion_first_and_the_decisions_last(words):
    said = words()
    order = [
        "83.3 %",
        "never judges people",
        "Conclusion",
        "Most promises are kept.",
        "By goal",
        "What forced decisions",
        "Minor nonconformity",
        "Branch lead contests it",
        "Withdrawn after",
        "Justified exceptions",
        "Two auditors",
        "What the sample can show",
        "What it cannot show",
        "Known at the release",
        "How it was conducted",
        "Criteria",
        "Decisions judged",
        "D-89",
    ]
    places = [said.find(one) for one in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_a_draft_says_so_on_its_first_page(words):
    assert "nothing in it is issued" not in words()
    assert "nothing in it is issued" in words(msgspec.structs.replace(REPORT, draft=True))


def test_what_there_is_not_has_no_heading(words):
    bare = msgspec.structs.replace(REPORT, findings=(), withdrawn=(), exceptions=(), two=(), remarks=(), constraints=())
    said = words(bare)
    assert "No finding was raised." in said
    for title in ("Justified exceptions", "Two auditors", "Withdrawn after", "Known at the release"):
        assert title not in said


def test_the_same_facts_give_the_same_bytes(tmp_path):
    files = [tmp_path / name for name in ("one.pdf", "two.pdf")]
    for file in files:
        render(REPORT, file, language="en")
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("language", [LONG, MIRRORED])
def test_long_and_mirrored_words_are_laid_out(tmp_path, language):
    made = render(REPORT, tmp_path / "report.pdf", language=language)
    assert made.pages >= 4
    assert not made.warnings


def test_what_shows_an_action_as_done_stands_with_its_finding(tmp_path, queue_photo):
    photo = PhotoFacts(jpeg=queue_photo, caption="counter.jpg")
    done = ActionFacts(
        number="C-1", text="Call them", owner="Lead", pairs=(PairFacts(after=photo),) * 3, files=("calls.csv",)
    )
    facts = msgspec.structs.replace(REPORT, findings=(msgspec.structs.replace(FINDING, proofs=(done,)),))
    file = tmp_path / "audit.pdf"
    render(facts, file, language="en")
    told = whole(file)
    assert "C-1: before and after" in told
    assert "Files: calls.csv" in told
    assert "No photo yet" not in told
    shown = pictures(file)
    assert len(shown) == 3
    assert len({round(one[4]) for one in shown}) == 2  # two in a row, the third below
