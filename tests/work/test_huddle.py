"""The huddle sheet: one page, nothing that tells of a person, and what is talked about is of this place."""

from __future__ import annotations

import subprocess
from datetime import timedelta

import pytest
from tests.work.complaining import complain

from gemba import wording
from gemba.domain.actions import Action
from gemba.domain.findings import Finding, FindingGrade
from gemba.errors import Refusal
from gemba.work import follow_action, go_and_see, measures
from gemba.work.huddle import huddle_facts, huddle_sheet, shortened
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding

_LONG = "Nobody could tell me where my application was and the branch sent me to the office " * 12


def words_of(file) -> str:
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout


def test_words_are_quoted_with_consent_only_and_without_who_said_them(desk, place):
    complain(
        desk,
        step="ask",
        place=place,
        severity="high",
        consent="quotable",
        customer="Ines Weber",
        words="I am Ines Weber, write to ines.weber@example.org: I waited three weeks.",
    )
    complain(desk, step="pay", place=place, severity="critical", consent="none", words="Never quote me")
    complain(desk, step="see", place=place, words="Nobody asked me whether")
    complain(desk, step="ask", place=place, consent="internal", words="The same step again")
    complain(desk, step="end", place=place, consent="internal", words="Letters cross")
    complain(desk, step="far", place=add_place(desk, "Elsewhere").uid, consent="quotable", words="Far away")
    quotes = huddle_facts(desk, place).quotes
    assert len(quotes) == 2
    assert "three weeks" in quotes[0].words
    assert "Weber" not in quotes[0].words
    assert "@" not in quotes[0].words
    assert quotes[1].words == "Letters cross"
    assert quotes[0].whose.startswith("ask · ")


def test_clocks_and_changes_are_of_the_place(desk, place, audit):
    now = desk.clock()
    complain(desk, place=place, due_at=now + timedelta(hours=3), state="investigating")
    complain(desk, place=place, due_at=now + timedelta(days=9), state="investigating")
    raise_finding(desk, audit, grade=FindingGrade.MAJOR, text="Counters shut at noon", criterion="Open at noon")
    finding = next(iter(huddle_findings(desk, audit)))
    for text in ("Move the break", "Show the plan"):
        follow_action.add(desk, finding, text=text, owner="Branch manager", due=now.date())
    done = next(each for each in huddle_actions(desk) if each.text == "Show the plan")
    follow_action.done(desk, done.uid, "It hangs at the door")
    facts = huddle_facts(desk, place)
    assert len(facts.running_out) == 1
    assert [(one.said, one.did, one.done) for one in facts.changed] == [
        ("Counters shut at noon", "Show the plan – It hangs at the door", True),
        ("Counters shut at noon", "Move the break", False),
    ]
    with pytest.raises(Refusal, match="huddle_ahead"):
        huddle_facts(desk, place, since=now.date() + timedelta(days=2))


def test_the_question_waits_or_comes_from_a_blind_spot(desk, place):
    assert huddle_facts(desk, place).question == ""
    complain(desk, step="queue", place=place)
    assert "queue" in huddle_facts(desk, place).question
    alert = go_and_see.raise_alert(desk, "Is the till open?", place=place).uid
    facts = huddle_facts(desk, place)
    assert (facts.question, facts.alert) == ("Is the till open?", alert)


@pytest.mark.parametrize("language", ["en", "ar", wording.LONG, wording.MIRRORED])
@pytest.mark.parametrize("said", [_LONG, "لم يستطع أحد أن يخبرني أين طلبي " * 30, "x" * 3000])
def test_it_is_one_page_whatever_is_said(desk, place, audit, tmp_path, language, said):
    for step in ("ask", "pay", "see", "end"):
        complain(desk, step=step, place=place, consent="quotable", words=said)
    for number in range(8):
        complain(desk, place=place, due_at=desk.clock() + timedelta(hours=number), state="assessed")
        raise_finding(desk, audit, grade=FindingGrade.MAJOR, text=said, criterion="So it should be")
    for finding in huddle_findings(desk, audit):
        follow_action.add(desk, finding, text=said, owner=said, due=desk.clock().date())
    go_and_see.raise_alert(desk, said, place=place)
    wording.use(language)
    try:
        rendered = huddle_sheet(desk, place, tmp_path / "huddle.pdf")
    finally:
        wording.use("en")
    assert rendered.pages == 1
    if language == "en" and said == _LONG:
        told = words_of(tmp_path / "huddle.pdf")
        assert "You said, we did" in told
        assert "and 4 more" in told
        assert told.count("…") >= 5


def test_what_is_cut_says_so_and_is_cut_at_a_blank():
    assert shortened("short\nand  plain", "line") == "short and plain"
    cut = shortened(_LONG, "quote")
    assert cut.endswith(" …")
    assert len(cut) <= 200
    assert _LONG.startswith(cut.removesuffix(" …") + " ")


def huddle_findings(desk, audit):
    with desk.reader() as reader:
        return [each.uid for each in reader.find(Finding, assessment=audit)]


def huddle_actions(desk):
    with desk.reader() as reader:
        return reader.find(Action)


def test_it_claims_no_calm_where_nothing_is_charted(desk, place, tmp_path):
    huddle_sheet(desk, place, tmp_path / "none.pdf")
    assert "No measure is charted here" in words_of(tmp_path / "none.pdf")
    measures.add(desk, measures.NewMeasure(code="all", title="All"))
    huddle_sheet(desk, place, tmp_path / "one.pdf")
    assert "No alert is open; 1 measure is charted." in words_of(tmp_path / "one.pdf")
