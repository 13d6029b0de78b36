"""A steward's quarter on the command line: from the file of a service centre to what the customers were told.

The file has three things planted in it (`tests.flows.steward`): a gap in the system, a one-off, and what is too little
to tell. Each must come out as what it is, and only with its reason.
"""

from __future__ import annotations

import csv
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from tests.cli.conftest import Shell
from tests.conftest import new_uid
from tests.flows.steward import CUSTOMER, MAIL, Calendar, Centre, service_centre, spoil

from gemba.cli.world import World

SOURCE = ("--source", "Service centre", "--zone", "Europe/Berlin")
LATE = ("--step", "send", "--cause", "late")
FREEZE = ("measure", "baseline", "freeze", "late", "--reason", "Before anything was changed")


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def shell(
    prepared_store: tuple[Path, bytes], tmp_path: Path, calendar: Calendar, capsys: pytest.CaptureFixture[str]
) -> Shell:
    """A laptop with places and governed words, and nothing else."""
    shutil.copytree(prepared_store[0], tmp_path / "store")
    world = World(clock=calendar, ids=new_uid, passphrase="a passphrase", window=lambda _: 0, tour=lambda *_: [])
    made = Shell(tmp_path / "store", world, capsys)
    made.ok("place", "add", "North", "--level", "region", "--zone", "Europe/Berlin")
    for name in ("Hafen", "Bahnhof"):
        made.ok("place", "add", name, "--parent", "North")
    release(made, tmp_path, "step", "code,title", "pay,Payment", "send,Delivery", "ask,Enquiry")
    release(
        *(made, tmp_path, "cause", "code,title,domain"),
        *("late,Too late,process", "wrong,Wrong amount,technology", "rude,Unfriendly,people"),
    )
    made.ok("vocabulary", "release", "channel", "--starter")
    return made


def release(shell: Shell, folder: Path, facet: str, *lines: str) -> None:
    file = folder / f"{facet}.csv"
    file.write_text("\n".join(lines), "utf-8")
    shell.ok("vocabulary", "release", facet, file)


@pytest.fixture
def centre() -> Centre:
    return service_centre()


@pytest.fixture
def quarter(shell: Shell, centre: Centre, tmp_path: Path) -> Shell:
    """With the whole file taken in."""
    assert shell.ok("complaint", "import", centre.write(tmp_path / "centre.csv"), *SOURCE)["added"] == len(centre.rows)
    return shell


def words_of(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def clusters(shell: Shell, review: str) -> dict[tuple[str, str], Any]:
    return {(each["step"], each["cause"]): each for each in shell.ok("review", "clusters", review)["clusters"]}


def drawn(shell: Shell, begins: str = "2026-01-01", ends: str = "2026-03-31") -> str:
    return str(shell.ok("review", "draw", "--from", begins, "--to", ends)["number"])


def analysed(shell: Shell, review: str, step: str, cause: str, sort: str) -> str:
    """A finished analysis of a cluster; its number."""
    said = ("cause", "add", "--problem", "It went wrong", "--review", review, "--step", step, "--cause", cause)
    made = shell.ok(*said, "--why", "Papers are printed last", "--domain", "process", "--sort", sort)
    shell.ok("cause", "finish", made["number"])
    return str(made["number"])


def test_a_file_with_bad_rows_is_tried_imported_repaired_and_the_same_again_changes_nothing(
    shell: Shell, centre: Centre, tmp_path: Path
) -> None:
    file = centre.write(tmp_path / "centre.csv", rows=spoil(centre.rows))
    seen = shell.ok("complaint", "inspect", file)
    assert (seen["reading"]["encoding"], seen["reading"]["separator"]) == ("cp1252", ";")
    assert [one["column"] for one in seen["columns"] if not one["field"]] == []
    asked = ("complaint", "import", file, *SOURCE, "--refused", tmp_path / "refused.csv")
    tried = shell.ok(*asked, "--dry-run")
    whole = len(centre.rows)
    assert (tried["added"], tried["refused"]) == (whole - 5, 6)
    assert shell.ok("complaint", "list") == []
    done = shell.ok(*asked)
    assert (done["added"], done["reasons"]) == (tried["added"], tried["reasons"])

    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as read:
        refused = list(csv.reader(read))
    right = {row[0]: row for row in centre.rows}
    repaired = [refused[0], *(right[row[0]] + row[len(right[row[0]]) :] for row in refused[1:-1])]
    with (tmp_path / "repaired.csv").open("w", encoding="utf-8", newline="") as write:
        csv.writer(write).writerows(repaired)
    again = shell.ok("complaint", "import", tmp_path / "repaired.csv", *SOURCE)
    assert (again["added"], again["refused"]) == (5, 0)
    same = shell.ok("complaint", "import", centre.write(tmp_path / "centre.csv"), *SOURCE)
    assert (same["added"], same["changed"], same["unchanged"], same["refused"]) == (0, 0, whole, 0)

    (late,) = shell.ok("complaint", "search", "SC-0396")
    shown = shell.ok("complaint", "show", late["number"])["complaint"]
    assert (shown["step"], shown["cause"], shown["channel"]) == ("ask", "wrong", "phone")
    assert "Für mich kam „Enquiry“" in shown["words"]
    assert shown["words"].endswith("12,50 €")
    assert shown["received_at"] == "2026-02-11T07:15:00Z"
    assert shell("check").code == 0


def test_a_severe_one_is_told_within_its_hours_and_closes_only_with_both_answers(
    quarter: Shell, calendar: Calendar
) -> None:
    shell = quarter
    entered = shell.ok(
        *("complaint", "add", "--words", "Nobody came, I waited all day", "--customer", "Jonas Weber"),
        *("--place", "Hafen", "--severity", "high", "--step", "Delivery", "--cause", "late"),
    )
    number = entered["number"]
    due = datetime.fromisoformat(entered["due_at"])
    assert due - datetime.fromisoformat(entered["received_at"]) == timedelta(hours=72)
    assert shell("complaint", "pause", number, "--reason", " ").code == 2
    shell.ok("complaint", "pause", number, "--reason", "The customer looks for the receipt")
    calendar.wait(hours=20)
    resumed = datetime.fromisoformat(shell.ok("complaint", "resume", number)["due_at"])
    assert timedelta(hours=20) <= resumed - due < timedelta(hours=20, minutes=1)
    calendar.wait(hours=60)
    assert [one["number"] for one in shell.ok("complaint", "list", "--clock", "due_soon")] == [number]
    shell.ok("complaint", "move", number, "investigating", "--severity", "high", "--owner", "Head of dispatch")
    shell.ok("complaint", "move", number, "decided", "--decision", "upheld", "--answer", "It comes tomorrow")
    said = shell("complaint", "close", number)
    assert (said.code, "told back and whether the same exists elsewhere" in said.err) == (2, True)
    shell.ok("complaint", "move", number, "told", "--told-back", "yes")
    assert shell.ok("complaint", "show", number)["clock"] == "met"
    said = shell("complaint", "close", number)
    assert (said.code, "whether the same exists elsewhere" in said.err) == (2, True)
    closed = ("complaint", "close", number, "--told-back", "yes", "--similar", "yes", "--note", "At the station, too")
    assert shell.ok(*closed)["state"] == "closed"


def test_a_gap_shows_on_the_chart_and_asks_for_a_review(quarter: Shell, tmp_path: Path) -> None:
    shell = quarter
    shell.ok("measure", "add", "late", "--title", "Late deliveries", "--filter", "cause=late", "--period", "week")
    assert shell.ok(*FREEZE, "--from", "2025-07-07", "--to", "2025-12-28")["points"] == 25
    for ending in ("png", "pdf", "csv"):
        assert shell.ok("chart", "late", "--out", tmp_path / f"late.{ending}")["file"]
        assert (tmp_path / f"late.{ending}").stat().st_size > 500
    facts = shell.ok("chart", "late", "--to", "2026-03-29")
    signalled = {facts["points"][at]["begins"] for signal in facts["signals"] for at in signal["points"]}
    assert "2026-02-16" in signalled
    assert "2025-10-06" not in signalled
    threshold = shell.ok("measure", "threshold", "late", "--set")
    tempting = [each["share"] for each in threshold["others"] if each["is_naive"]]
    assert 0 < threshold["chosen"]["share"] < 0.3
    assert min(tempting) > 0.9
    assert "%" in shell("measure", "list").out
    first = shell.ok("signal", "scan")
    assert len(shell.ok("signal", "list")) == len(first["raised"]) > 0
    assert not shell.ok("signal", "scan")["raised"]
    one = shell.ok("signal", "list")[0]["uid"]
    assert shell("signal", "snooze", one, "--until", "2026-05-01", "--reason", " ").code == 2
    shell.ok("signal", "snooze", one, "--until", "2026-05-01", "--reason", "The review is drawn")
    assert one not in {each["uid"] for each in shell.ok("signal", "list")}


def test_what_is_planted_comes_out_as_what_it_is_and_only_with_its_reason(quarter: Shell) -> None:
    shell = quarter
    review = drawn(shell)
    before = clusters(shell, review)
    late, once, few = before["send", "late"], before["ask", "rude"], before["ask", "wrong"]
    assert (late["cases"], late["sites"], late["clauses"]) == (48, 2, ["a", "b", "c"])
    assert [each["clause"] for each in late["told"]] == ["a", "b", "c", "d"]
    assert (once["clauses"], few["clauses"]) == ([], [])
    assert {each["proposed"] for each in before.values()} == {"not_enough_evidence"}, "no cause is written yet"
    assert shell("review", "decide", review, *LATE, "--as", "systemic").code == 2

    begun = shell.ok(
        *("cause", "add", "--problem", "Deliveries come late", "--review", review, *LATE),
        *("--why", "The van leaves late", "--why", "The driver forgot the papers", "--domain", "process"),
        *("--sort", "system"),
    )["number"]
    said = shell("cause", "finish", begun)
    assert (said.code, "ends on a person" in said.err) == (2, True)
    assert clusters(shell, review)["send", "late"]["proposed"] == "not_enough_evidence", "the cause is not finished"
    whys = ("--why", "The van leaves late", "--why", "The driver forgot the papers", "--why", "Nothing hands them over")
    shell.ok("cause", "change", begun, *whys)
    shell.ok("cause", "finish", begun)
    analysed(shell, review, "ask", "rude", "one_off")
    after = {key: each["proposed"] for key, each in clusters(shell, review).items()}
    assert after["send", "late"] == "systemic"
    assert after["ask", "rude"] == "isolated"
    assert after["ask", "wrong"] == "not_enough_evidence"
    assert after["pay", "wrong"] == "not_enough_evidence"

    named = shell("review", "decide", review, *LATE, "--as", "systemic", "--reason", f"{CUSTOMER} waited")
    assert named.code == 2
    (decided,) = shell.ok("review", "decide", review, *LATE, "--as", "systemic", "--reason", "At both branches")
    assert (decided["proposed"], decided["decided"], decided["figures"]["cases"]) == ("systemic", "systemic", "48")


def test_an_action_that_does_not_hold_is_seen_by_its_return_and_the_report_tells_all_of_it(
    quarter: Shell, calendar: Calendar, tmp_path: Path
) -> None:
    shell = quarter
    review = drawn(shell)
    begun = analysed(shell, review, "send", "late", "system")
    action = shell.ok(
        *("cause", "action", begun, "--text", "Print papers first", "--owner", "Dispatch", "--due", "2026-04-20"),
        *("--place", "North"),
    )
    shell.ok("review", "decide", review, *LATE, "--as", "systemic")
    shell.ok("review", "decide", review, "--rest", "--as", "not_enough_evidence", "--reason", "Being looked at")
    shell.ok("review", "conclude", review, "--summary", "Late deliveries are systemic.")
    calendar.wait(days=10)
    shell.ok("action", "done", action["number"], "--proof", "The new list hangs there")
    assert shell.ok("follow", "recurrence")["actions"]["returned"] == 0
    calendar.wait(days=30)
    words = ("complaint", "add", "--words", "Late again", "--severity", "high")
    for place in ("Hafen", "Bahnhof"):
        shell.ok(*words, "--place", place, *LATE)
    assert shell.ok("follow", "recurrence")["actions"]["returned"] == 1
    second = drawn(shell, "2026-04-01", "2026-06-30")
    assert "d" in clusters(shell, second)["send", "late"]["clauses"]

    file = tmp_path / "review.pdf"
    assert shell.ok("report", "complaint-review", review, "--out", file)["pages"] >= 2
    told = words_of(file)
    for word in ("Late deliveries are systemic", "48", "Print papers first", "Delivery", "Too late", "SHA-256"):
        assert word in told
    assert CUSTOMER not in told
    assert MAIL not in told


def test_what_customers_tell_is_gone_to_and_seen(quarter: Shell, calendar: Calendar, tmp_path: Path) -> None:
    shell = quarter
    calendar.wait(days=-3)  # the last days of the quarter
    (uid,) = {drawn(shell)}
    analysed(shell, uid, "send", "late", "system")
    (decision,) = shell.ok("review", "decide", uid, *LATE, "--as", "systemic")
    alert = shell.ok("alert", "add", "--from", "cluster_decision", "--uid", decision["uid"], "--place", "Hafen")
    assert "?" in alert["question"]
    sights = {(cell["code"], cell["sight"]) for cell in shell.ok("map", "blind-spots")["cells"]}
    assert ("send", "blind") in sights
    assert "Delivery" in shell("map", "blind-spots").out
    walk = shell.ok("assess", "start", "leader_gemba_walk", "--place", "Hafen")
    shell.ok("alert", "carry", walk["number"], alert["uid"])
    shell.ok("finding", "raise", walk["uid"], "--grade", "minor", "--text", "Papers lie last", "--step", "send",
             "--criterion", "Papers first")  # fmt: skip
    shell.ok("alert", "seen", alert["uid"], "--text", "Papers are printed after loading")
    assert [one["state"] for one in shell.ok("alert", "list", "--walk", walk["number"])] == ["seen"]
    after = {cell["place"]: cell["sight"] for cell in shell.ok("map", "blind-spots")["cells"] if cell["code"] == "send"}
    assert sorted(after.values()) == ["blind", "both"]

    shell.ok("alert", "add", "Are the papers printed before loading?", "--place", "Hafen")
    sheet = shell.ok("huddle", "--place", "Hafen", "--out", tmp_path / "huddle.pdf", "--since", "2026-03-01")
    assert sheet["pages"] == 1
    told = words_of(tmp_path / "huddle.pdf")
    assert "Are the papers printed before loading?" in told
    assert CUSTOMER not in told
    assert MAIL not in told


def test_what_is_open_counts_as_waiting(quarter: Shell) -> None:
    found = quarter.ok("follow", "lag", "--where", "cause=late", "--from", "2026-01-01", "--stage", "closed")
    (line,) = found["lags"]
    assert (line["n"], line["open"]) == (48, 12)
    assert line["median"]["days"] >= line["without_open"]


def test_a_person_is_asked_told_and_forgotten(quarter: Shell, calendar: Calendar, tmp_path: Path) -> None:
    shell = quarter
    out = tmp_path / "out.csv"
    done = shell.ok("complaint", "export", "--out", out, "--where", "cause=late")
    given = out.read_text("utf-8-sig")
    assert done["not_quoted"] > 0
    assert "Für mich kam" in given
    assert CUSTOMER not in given
    assert MAIL not in given

    told = tmp_path / "told.pdf"
    shell.ok("privacy", "disclose", CUSTOMER, "--reason", "She asked", "--out", told)
    assert MAIL in words_of(told)
    shell.ok("privacy", "rule", "add", "--days", "30", "--place", "North", "--basis", "Order 4", "--needs-consent")
    calendar.wait(days=60)
    plan = shell.ok("privacy", "sweep")
    assert plan["count"] == 398 - 12, "those that are open are not due"
    assert shell.ok("privacy", "sweep", "--reason", "Its day has come")["erased"] == plan["count"]
    assert shell.ok("complaint", "search", "Mal")  # the open ones are kept
    (first,) = shell.ok("complaint", "search", "SC-0000")
    shown = shell.ok("complaint", "show", first["number"])["complaint"]
    assert (shown["customer"], shown["words"], shown["cause"]) == ("", "", "late")
    open_ones = shell.ok("complaint", "search", CUSTOMER)
    assert {one["state"] for one in open_ones} == {"received"}
    for one in open_ones:
        shell.ok("privacy", "erase", "complaint", one["uid"], "--reason", "She asked")
    assert shell.ok("privacy", "find", MAIL) == []
    assert shell("check").code == 0
