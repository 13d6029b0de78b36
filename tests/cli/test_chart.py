from __future__ import annotations

import pytest

VALUES = (12, 9, 11, 14, 8, 10, 13, 9, 12, 11, 7, 10, 12, 9, 13, 10, 11, 8, 12, 10, 9, 11, 13, 10, 31, 33)


@pytest.fixture
def calls(shell, tmp_path):
    """A measure with 26 months."""
    months = [f"{2024 + at // 12}-{at % 12 + 1:02d}" for at in range(len(VALUES))]
    rows = "\n".join(f"{month},{value}" for month, value in zip(months, VALUES, strict=True))
    (tmp_path / "values.csv").write_text(f"month,calls\n{rows}\n")
    shell.ok("measure", "add", "calls", "--values", "--period", "month", "--title", "Calls")
    found = shell.ok("measure", "import", "calls", tmp_path / "values.csv")
    assert (found["added"], found["refused"]) == (26, [])
    return tmp_path


def test_a_chart_says_its_points_its_reason_and_what_signals(shell, calls):
    facts = shell.ok("chart", "calls")
    assert (facts["kind"], facts["proposed"]) == ("c", "c")
    assert [point["value"] for point in facts["points"]] == list(VALUES)
    assert [signal["rule"] for signal in facts["signals"]] == ["N1"]
    said = shell("chart", "calls", "--kind", "i").out
    assert "Individuals" in said
    assert "2026-02" in said
    for name in ("c.png", "c.pdf", "c.csv"):
        assert shell.ok("chart", "calls", "--out", calls / name)["file"] == str(calls / name)
        assert (calls / name).stat().st_size > 500


def test_complaints_are_charted_by_a_filter(shell):
    facts = shell.ok("chart", "cause=late", "--by", "month", "--share")
    assert facts["points"] == []
    assert shell.ok("chart", "all", "--kind", "pareto", "--by", "severity")["bars"]


def test_a_point_says_how_to_list_the_complaints_that_it_counts(shell):
    for severity, count in (("high", 3), ("low", 2)):
        for _ in range(count):
            shell.ok("complaint", "add", "--words", "It was late", "--severity", severity)
    points = shell.ok("chart", "all", "--kind", "pareto", "--by", "severity")["points"]
    assert [point["value"] for point in points] == [3, 2]
    for point in points:
        where = [part for name, value in point["complaints"].items() for part in ("--where", f"{name}={value}")]
        assert len(shell.ok("complaint", "list", *where)) == point["value"]
    assert shell.ok("complaint", "list", "--where", "cause=!") == []
    assert len(shell.ok("complaint", "list", "--where", "cause=!late")) == 5


@pytest.mark.parametrize(
    "arguments",
    [
        ("chart", "nothing"),
        ("chart", "shoe=42"),
        ("chart", "calls", "--kind", "pie"),
        ("chart", "calls", "--kind", "p"),
        ("chart", "calls", "--spread", "wide"),
        ("chart", "calls", "--place", "Nowhere"),
        ("measure", "value", "calls", "yesterday", "3"),
        ("measure", "baseline", "freeze", "calls", "--reason", " "),
        ("measure", "threshold", "calls", "--points", "1"),
        ("signal", "close", "ffffffff", "--reason", "done"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(shell, calls, arguments):
    said = shell(*arguments)
    assert said.code == 2
    assert len(said.err.strip().splitlines()) == 1


def test_a_signal_is_raised_snoozed_and_closed(shell, calls):
    found = shell.ok("signal", "scan")
    (uid,) = found["raised"]
    assert [each["uid"] for each in shell.ok("signal", "list")] == [uid]
    resting = shell.ok("signal", "snooze", uid[:10], "--until", "2026-05-01", "--reason", "season")
    assert (resting["state"], resting["snoozed_until"]) == ("snoozed", "2026-05-01")
    assert shell.ok("signal", "list") == []
    assert shell.ok("signal", "close", uid, "--reason", "done")["state"] == "closed"
    assert [each["state"] for each in shell.ok("signal", "list", "--all")] == ["closed"]


def test_a_baseline_is_frozen_and_a_threshold_measured(shell, calls):
    made = shell.ok("measure", "baseline", "freeze", "calls", "--reason", "first", "--to", "2025-12-01")
    assert (made["points"], made["provisional"], made["chart"]) == (24, False, "c")
    assert len(shell.ok("measure", "baseline", "list", "calls")) == 1
    told = shell.ok("measure", "threshold", "calls", "--rules", "N1", "--points", "12", "--set")
    assert told["rules"] == ["N1"]
    assert "12 points" in shell("chart", "calls").out
    (listed,) = shell.ok("measure", "list")
    assert listed["false_alarms"] == told["chosen"]["share"]
    assert listed["triggers_review"]


def test_a_measure_is_retired_and_its_values_entered(shell, calls):
    shell.ok("measure", "value", "calls", "2026-03", "12")
    assert len(shell.ok("chart", "calls")["points"]) == 27
    shell.ok("measure", "retire", "calls")
    assert shell.ok("measure", "list") == []
    assert len(shell.ok("measure", "list", "--all")) == 1
