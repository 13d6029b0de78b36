"""`gemba complaint inspect` and `import` as a person uses them."""

from __future__ import annotations

import json

from tests.cli.conftest import Shell

HEAD = "Case number,Received,Branch,Category,Priority,Narrative\n"
ROWS = (
    "K1,13/02/2026 10:00,Harbour branch,Waiting,high,The queue was long\n"
    "K2,31/02/2026 10:00,Harbour branch,Waiting,low,No such day\n"
    "K3,14/02/2026 10:00,Nowhere,Waiting,low,No such place\n"
)


def test_a_file_is_looked_at_tried_imported_and_found(shell: Shell, tmp_path) -> None:
    shell.ok("place", "add", "Harbour branch")
    file = tmp_path / "crm.csv"
    file.write_text(HEAD + ROWS, "utf-8")
    seen = shell.ok("complaint", "inspect", file)
    assert {one["column"]: one["field"] for one in seen["columns"]} == {
        "Case number": "key",
        "Received": "received_at",
        "Branch": "place",
        "Category": "cause",
        "Priority": "severity",
        "Narrative": "words",
    }
    assert (seen["plan"]["date_order"], seen["reading"]["separator"]) == ("dmy", ",")
    asked = ("complaint", "import", file, "--key", "Case number", "--unknown-codes", "add", "--source", "crm")
    tried = shell.ok(*asked, "--dry-run")
    assert (tried["added"], tried["refused"], tried["reasons"]) == (1, 2, {"date": 1, "unknown_place": 1})
    assert shell.ok("complaint", "list") == []
    out = tmp_path / "refused.csv"
    done = shell.ok(*asked, "--refused", out)
    assert (done["added"], done["changed"], done["refused"]) == (1, 0, 2)
    again = shell.ok(*asked)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 1)
    assert "31/02/2026" in out.read_text("utf-8-sig")
    assert [one["number"] for one in shell.ok("complaint", "list")] == ["K1"]
    assert shell("check").code == 0


def test_words_for_people_tell_what_was_done_and_what_not(shell: Shell, tmp_path) -> None:
    file = tmp_path / "crm.csv"
    file.write_text(HEAD + ROWS, "utf-8")
    said = shell("complaint", "import", file, "--map", "Branch=", "--map", "Category=")
    assert said.code == 0, said.err
    assert said.out.splitlines()[0] == "Added 2 and changed 0; 0 as they were, 1 refused."
    assert "Line 3: “31/02/2026 10:00” in column Received is no date of the calendar." in said.out


def test_a_mapping_may_come_from_a_file_and_what_is_wrong_with_it_is_one_sentence(shell: Shell, tmp_path) -> None:
    file, mapping = tmp_path / "crm.csv", tmp_path / "m.json"
    file.write_text(HEAD + ROWS, "utf-8")
    mapping.write_text(json.dumps({"mapping": {"Branch": "more", "Category": "", "Priority": ""}}), "utf-8")
    assert shell.ok("complaint", "import", file, "--map", mapping)["added"] == 2
    mapping.write_text("[1]", "utf-8")
    for wrong in (
        ["--map", mapping],
        ["--map", "Nothing=words"],
        ["--map", "Branch=colour"],
        ["--map", "Received="],
        ["--dates", "ymd"],
        ["--zone", "Mars"],
        ["--encoding", "klingon"],
    ):
        said = shell("complaint", "import", file, *wrong)
        assert (said.code, said.out) == (2, ""), wrong
        assert len(said.err.strip().splitlines()) == 1
    assert shell("complaint", "import", tmp_path).code == 2
    assert shell("complaint", "import", tmp_path / "none.csv").code == 3


def test_records_that_are_refused_alike_are_told_once_with_what_is_not_known(shell: Shell, tmp_path) -> None:
    file = tmp_path / "crm.csv"
    file.write_text(HEAD + "".join(f"K{at},2026-02-13,Nowhere,,,x\n" for at in range(30)), "utf-8")
    said = shell("complaint", "import", file, "--dry-run").out.splitlines()
    assert said[1:3] == [
        "Lines 2 3 4 5 6 …: “Nowhere” is no place that is known here; add it, or have places made.",
        "Not known for place: Nowhere (30) (see --unknown-places)",
    ]


def test_what_is_no_table_is_told_as_that(shell: Shell, tmp_path) -> None:
    for name, data in (("crm.xlsx", b"no workbook"), ("crm.csv", bytes(range(256)) * 9)):
        (tmp_path / name).write_bytes(data)
        said = shell("complaint", "import", tmp_path / name)
        assert (said.code, "neither a CSV file nor a workbook" in said.err) == (2, True), said.err


def test_it_is_told_as_what_source_a_file_counts(shell: Shell, tmp_path) -> None:
    for name, source in (("first.csv", "Post"), ("second.csv", "")):
        (tmp_path / name).write_text("Case number,Received,Text\nK1,2026-02-13,waited\n", "utf-8")
        named = ("--source", source) if source else ()
        assert "Source: Post" in shell("complaint", "import", tmp_path / name, *named).out
    assert "It counts as Post" in shell("complaint", "inspect", tmp_path / "second.csv").out


def test_columns_that_are_left_out_are_told(shell: Shell, tmp_path) -> None:
    file = tmp_path / "tills.csv"
    said = [
        "The till was closed at noon again",
        "Nobody could say when it would open",
        "I had to come back on Tuesday",
        "They asked me for the same paper twice",
    ]
    file.write_text(
        "Reference,Received,Told us,Odd\n" + "".join(f"T{n},2026-02-1{n},{one},{n}\n" for n, one in enumerate(said)),
        "utf-8",
    )
    seen = shell.ok("complaint", "inspect", file)
    assert {one["column"]: one["field"] for one in seen["columns"]}["Told us"] == "words"
    done = shell.ok("complaint", "import", file, "--dry-run")
    assert (done["added"], done["left_out"]) == (4, ["Odd"])
    assert "Columns left out: Odd; say what they stand for" in shell("complaint", "import", file).out
    assert shell.ok("complaint", "import", file, "--rest")["left_out"] == []
