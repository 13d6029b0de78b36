"""Goals and service levels on the command line."""

from __future__ import annotations

import csv

import pypdfium2
import pytest

WHO = ("--provider", "Back office", "--customer", "Branches", "--unit", "days")
SAID = ("--statement", "We tell you first.", "--need", "Do not let me wait.")


@pytest.fixture
def told(shell):
    return shell.ok("goal", "add", "Told first", *SAID)["uid"]


def test_a_goal_from_its_first_day_to_its_last(shell, told):
    shell.ok("place", "add", "South", "--level", "region")
    later = shell.ok(
        "goal", "change", "told-first", "--reason", "Named", "--owner", "Lead", "--anchor", "contrary=We said no."
    )
    assert (later["version"], later["replaces"], later["anchors"]) == (2, told, {"contrary": "We said no."})
    there = shell.ok(
        *("goal", "adapt", "told-first", "--place", "South", "--statement", "Within a week."),
        *("--reason", "Strike", "--until", "2026-03-14"),
    )
    assert (there["core"], there["place"] is None) == (later["uid"], False)
    assert [(one["code"], one["remaining"]) for one in shell.ok("goal", "list")] == [
        ("told-first", ""),
        ("told-first", "runs out in 12 days"),
    ]
    held = shell.ok("goal", "list", "--place", "South", "--on", "2026-03-10")
    assert [one["uid"] for one in held] == [there["uid"]]
    held = shell.ok("goal", "list", "--place", "South", "--on", "2026-03-15")
    assert [one["goal"]["statement"] for one in held] == ["We tell you first."]
    words = shell("goal", "show", "told-first").out
    assert "Version 2, from 2026-03-02: Named" in words
    assert "Owner: – → Lead" in words
    ended = shell("goal", "retire", "told-first", "--on", "2026-03-20", "--reason", "No longer sold")
    assert "decisions before 2026-03-20 are still judged against it" in ended.out
    assert shell.ok("goal", "list", "--place", "South", "--on", "2026-03-20") == []
    assert len(shell.ok("goal", "list", "--all")) == 2


def test_a_tree_and_what_is_to_be_mended(shell, told):
    shell.ok("measure", "add", "on-time", "--values", "--period", "month", "--unit", "%")
    shell.ok("measure", "value", "on-time", "2026-02-01", "93")
    made = shell.ok(
        *("goal", "require", "told-first", "--driver", "On time", "--measured-by", "In 2 days, of all"),
        *("--measure", "on-time", "--at-least", "95", "--unit", "%"),
    )
    assert (made["target"], made["bound"]) == (95, "at_least")
    tree = shell.ok("goal", "tree", "told-first")
    assert [(one["meets"], one["now"]["value"]) for one in tree["branches"]] == [(False, 93)]
    assert [gap["code"] for gap in shell.ok("goal", "check")] == ["no_owner", "unmet"]
    shell.ok("goal", "requirement", "change", made["uid"][:20], "--at-least", "90")
    assert [gap["code"] for gap in shell.ok("goal", "check")] == ["no_owner"]
    assert "nobody answers for it; name an owner." in shell("goal", "check").out
    shell.ok("goal", "requirement", "retire", made["uid"])
    assert [gap["code"] for gap in shell.ok("goal", "check")] == ["no_owner", "no_requirement"]


def test_service_levels_stand_with_the_worst_gap_first(shell, told):
    shell.ok("sla", "add", "Card posted", *WHO, "--promised", "3", "--good", "at_most", "--expected", "5")
    shell.ok(
        *("sla", "add", "Loan decided", *WHO, "--promised", "5", "--good", "at_most", "--expected", "3"),
        *("--achieved", "7", "--goal", "told-first", "--owner", "Lead", "--review-by", "2026-03-01"),
    )
    found = shell.ok("sla", "list")
    assert [(one["level"]["title"], one["goal"]) for one in found] == [
        ("Loan decided", "told-first"),
        ("Card posted", ""),
    ]
    words = shell("sla", "list").out
    assert "133\u00a0% short" in words
    assert "overdue: 2026-03-01" in words
    shell.ok("sla", "change", "loan decided", "--promised", "3", "--achieved", "3")
    assert shell.ok("sla", "show", "Loan decided")["standing"]["gaps"] == {"promise": 0, "delivery": 0, "experience": 0}
    shell.ok("sla", "retire", "Loan decided")
    assert [one["level"]["title"] for one in shell.ok("sla", "list")] == ["Card posted"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("goal", "show", "tolled"), "There is no goal tolled; there are: told-first."),
        (("goal", "add", "Told first", *SAID), "There is a goal with the code told-first already"),
        (("goal", "add", "x" * 300, *SAID), "The title has 300 letters"),
        (("goal", "add", "A", *SAID, "--place", "Nowhere"), "Nowhere"),
        (
            ("goal", "add", "A", *SAID, "--from", "2026-05-01", "--until", "2026-04-01"),
            "before it begins on 2026-05-01",
        ),
        (("goal", "add", "A", *SAID, "--anchor", "contrary"), "contrary"),
        (("goal", "change", "told-first", "--reason", " ", "--owner", "x"), "Say why"),
        (("goal", "retire", "told-first", "--reason", "r", "--on", "2026-01-01"), "begins on 2026-03-02"),
        (("goal", "retire", "told-first", "--reason", "r", "--on", "1.1.2026"), "1.1.2026"),
        (
            (
                "goal",
                "require",
                "told-first",
                "--driver",
                "d",
                "--measured-by",
                "m",
                "--at-least",
                "1",
                "--at-most",
                "2",
            ),
            "not both",
        ),
        (
            ("goal", "require", "told-first", "--driver", "d", "--measured-by", "m", "--at-least", "nan"),
            "give a number",
        ),
        (("sla", "add", "A", *WHO, "--promised", "inf"), "give a number"),
        (("sla", "show", "nothing"), "There is no service level nothing"),
        (("sla", "add", "A", "--provider", "x", "--customer", "X", "--promised", "1"), "cannot be its own customer"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(shell, told, said, sentence):
    answer = shell(*said)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1


def test_both_registers_go_into_tables_without_formulas(shell, told, tmp_path):
    shell.ok("goal", "add", "=1+1", "--code", "sum", *SAID)
    shell.ok("sla", "add", "=HYPERLINK(1)", *WHO, "--promised", "3")
    assert shell.ok("goal", "list", "--out", tmp_path / "goals.csv")["rows"] == 2
    assert shell.ok("sla", "list", "--out", tmp_path / "levels.csv")["rows"] == 1
    for name, begun in (("goals", "'=1+1"), ("levels", "'=HYPERLINK(1)")):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert begun in rows[1]


def test_the_registers_are_one_document(shell, told, tmp_path):
    shell.ok("sla", "add", "Loan decided", *WHO, "--promised", "5", "--expected", "9")
    out = tmp_path / "goals.pdf"
    assert shell.ok("report", "goals", "--out", out)["pages"] <= 2
    document = pypdfium2.PdfDocument(out)
    try:
        words = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()
    for said in ("We tell you first.", "Nobody answers for this goal", "No requirement", "Loan decided", "44 % short"):
        assert said in words.replace("\u00a0", " ")
    assert shell("report", "goals", "--out", tmp_path).code == 3


def test_what_is_wrong_at_a_place_on_a_day_and_fields_that_are_emptied(shell, told):
    shell.ok("place", "add", "South", "--level", "region")
    shell.ok(
        *("goal", "adapt", "told-first", "--place", "South", "--statement", "x", "--reason", "r"),
        *("--until", "2026-03-14", "--owner", "South lead"),
    )
    assert shell.ok("goal", "check", "--place", "South") == []
    later = shell.ok("goal", "check", "--place", "South", "--on", "2026-04-01")
    assert [gap["code"] for gap in later] == ["no_owner", "no_requirement"]
    changed = shell.ok("goal", "change", "told-first", "--reason", "r", "--owner", "Lead", "--until", "2026-12-31")
    assert changed["valid_to"] == "2026-12-31"
    assert shell.ok("goal", "change", "told-first", "--reason", "r", "--clear", "valid-to")["valid_to"] is None
    refused = shell("goal", "change", "told-first", "--reason", "r", "--clear", "need")
    assert (refused.code, "need cannot be empty" in refused.err) == (2, True)
    shell.ok("sla", "add", "Loan decided", *WHO, "--promised", "5", "--expected", "3")
    assert shell.ok("sla", "change", "Loan decided", "--clear", "expected")["expected"] is None
