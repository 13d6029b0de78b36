from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Shell
from tests.conftest import Clock, new_uid

from gemba.cli.world import World
from gemba.shipped import resource

STARTERS = {
    "leader_gemba_walk",
    "customer_friction_observation",
    "five_s_area_audit",
    "layered_process_audit",
    "store_visit",
    "branch_visit",
    "contact_interaction_review",
    "complaint_file_review",
    "complaint_system_self_assessment",
    "sustainment_audit",
    "quarterly_alignment_audit",
    "eight_wastes_walk",
    "cx_practice_maturity",
    "alignment_audit_conduct",
}


@pytest.fixture
def walk(shell: Shell) -> str:
    return str(shell.ok("assess", "start", "leader_gemba_walk", "--place", "Harbour branch")["uid"])


def test_the_starter_library_is_there(shell: Shell) -> None:
    assert {line["form_id"] for line in shell.ok("template", "list")} == STARTERS


def test_importing_the_same_workbook_twice_is_one_template(shell: Shell) -> None:
    file = resource("templates", "5s-area-audit.xlsx")
    assert shell.ok("template", "import", file)["new"] is False
    assert len(shell.ok("template", "list")) == len(STARTERS)


@pytest.mark.parametrize(("year", "told"), [(1970, True), (2026, False), (2099, True)])
def test_a_clock_that_cannot_be_right_is_told_of_and_nothing_is_refused(
    shell: Shell, ticking: Clock, capsys: pytest.CaptureFixture[str], year: int, told: bool
) -> None:
    world = World(
        clock=lambda: ticking().replace(year=year),
        ids=new_uid,
        passphrase="a passphrase",
        window=lambda _: 0,
        tour=lambda _desk, _out: [],
    )
    said = Shell(shell.store, world, capsys)("assess", "start", "leader_gemba_walk", "--place", "Quay", "--json")
    assert said.code == 0
    assert said.json["number"]
    assert (f"clock shows {year}-03-02" in said.err) is told


def test_an_exported_workbook_is_the_imported_one_byte_for_byte(shell: Shell, tmp_path: Path) -> None:
    shell.ok("template", "export", "five_s_area_audit", "--out", tmp_path / "out.xlsx")
    assert (tmp_path / "out.xlsx").read_bytes() == resource("templates", "5s-area-audit.xlsx").read_bytes()


def test_a_broken_workbook_is_refused_in_one_sentence(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "broken.xlsx"
    file.write_bytes(b"PK\x03\x04 this is no workbook")
    for command in ("check", "import"):
        said = shell("template", command, file, store=command == "import")
        assert said.code == 2
        assert said.out == ""
        assert len(said.err.strip().splitlines()) == 1
        assert "Traceback" not in said.err


def test_a_file_that_is_not_there_is_trouble(shell: Shell, tmp_path: Path) -> None:
    said = shell("template", "import", tmp_path / "none.xlsx")
    assert said.code == 3
    assert "none.xlsx" in said.err


def test_answers_are_kept_by_name_and_photos_attached(
    shell: Shell, walk: str, tmp_path: Path, queue_photo: bytes
) -> None:
    photo = tmp_path / "queue.jpg"
    photo.write_bytes(queue_photo)
    said = shell.ok("assess", "answer", walk, "area=Counters", "team_told=seen", f"photo=@{photo}")
    assert said["kept"] == 3
    shown = shell.ok("assess", "show", walk)
    values = {path.rsplit("/", 1)[1]: value for path, value in shown["answers"].items()}
    assert values["area"] == "Counters"
    assert values["team_told"] == "seen"
    assert [item["name"] for item in shown["evidence"]] == ["queue.jpg"]


@pytest.mark.parametrize(
    "given", ["nosuch=1", "team_told=perhaps", "team_told", "walked_on=yesterday", "photo=@/nowhere/x.jpg"]
)
def test_one_bad_answer_keeps_none(shell: Shell, walk: str, given: str) -> None:
    before = shell.ok("assess", "show", walk)["answers"]
    said = shell("assess", "answer", walk, "area=Counters", given)
    assert said.code in {2, 3}
    assert len(said.err.strip().splitlines()) == 1
    assert shell.ok("assess", "show", walk)["answers"] == before


def test_a_number_or_the_beginning_of_a_uid_is_enough(shell: Shell, walk: str) -> None:
    number = shell.ok("assess", "show", walk)["assessment"]["number"]
    assert shell.ok("assess", "show", number.lower())["assessment"]["uid"] == walk
    assert shell("assess", "show", "zzzz").code == 2


def test_a_place_that_is_nearly_known_is_asked_about(shell: Shell, walk: str) -> None:
    said = shell("assess", "start", "leader_gemba_walk", "--place", "Harbor branch")
    assert said.code == 2
    assert "Harbour branch" in said.err


def test_findings_and_actions(shell: Shell, walk: str, tmp_path: Path, queue_photo: bytes) -> None:
    photo = tmp_path / "queue.jpg"
    photo.write_bytes(queue_photo)
    finding = shell.ok(
        "finding",
        "raise",
        walk,
        "--grade",
        "major",
        "--question",
        "team_told",
        "--text",
        "Nobody knew.",
        "--photo",
        photo,
    )
    assert "The team knew" in finding["criterion"]
    words = ("--text", "Tell them", "--owner", "Leader", "--due", "2026-03-02")
    action = shell.ok("action", "add", finding["number"], "--kind", "correction", *words)
    assert [line["number"] for line in shell.ok("action", "list", "--state", "open")] == [action["number"]]
    assert shell.ok("action", "list", "--state", "overdue") == [], "not before its day is over"
    assert shell("action", "done", action["uid"], "--proof", " ").code == 2
    shell.ok("action", "done", action["uid"], "--proof", "Told on Monday")
    assert len(shell.ok("finding", "list", "--state", "open")) == 1
    shell.ok("finding", "similar", finding["number"], "--answer", "no", "--where", "All other teams knew")
    assert shell.ok("finding", "list", "--state", "open") == []
    assert [line["photos"] for line in shell.ok("finding", "list", "--search", "nobody")] == [1]


def test_lists_sort_and_refuse_unknown_columns(shell: Shell, walk: str) -> None:
    shell.ok("assess", "start", "five_s_area_audit", "--place", "Market Street")
    titles = [line["title"] for line in shell.ok("assess", "list", "--sort", "title")]
    assert titles == sorted(titles)
    assert [line["title"] for line in shell.ok("assess", "list", "--sort", "-title")] == sorted(titles, reverse=True)
    assert shell("assess", "list", "--sort", "colour").code == 2
    assert len(shell.ok("assess", "list", "--place", "Market Street")) == 1


def test_concluding_too_early_says_what_is_missing(shell: Shell, walk: str) -> None:
    said = shell("assess", "conclude", walk)
    assert said.code == 2
    assert "missing" in said.err


def test_a_draft_prints(shell: Shell, walk: str, tmp_path: Path) -> None:
    issued = shell.ok("report", "assessment", walk, "--out", tmp_path / "walk.pdf")
    assert issued["pages"] >= 1
    assert issued["kept"] is False
    assert (tmp_path / "walk.pdf").read_bytes().startswith(b"%PDF")


def test_check_finds_a_new_store_well(shell: Shell, walk: str) -> None:
    assert shell.ok("check") == {"problems": []}


def test_check_names_a_missing_photo(shell: Shell, walk: str, tmp_path: Path, queue_photo: bytes) -> None:
    photo = tmp_path / "queue.jpg"
    photo.write_bytes(queue_photo)
    shell.ok("assess", "answer", walk, f"photo=@{photo}")
    evidence = shell.ok("assess", "show", walk)["evidence"][0]
    assert shell.ok("backup", tmp_path / "whole")["evidence_lost"] == 0
    next((shell.store / "evidence").rglob(f"{evidence['sha256']}*")).unlink()
    assert shell.ok("backup", tmp_path / "lacking")["evidence_lost"] == 1
    assert "1 photo or file is missing" in shell("backup", "now").out
    said = shell("check", "--json")
    assert said.code == 3
    assert [problem["code"] for problem in said.json["problems"]] == ["store.evidence_missing"]


def test_a_backup_brings_everything_back(shell: Shell, walk: str, tmp_path: Path) -> None:
    shell.ok("assess", "answer", walk, "area=Counters")
    shell.ok("backup", tmp_path / "store.backup")
    shell.ok("assess", "answer", walk, "area=Something else")
    assert shell("restore", tmp_path / "store.backup").code == 2
    shell.ok("restore", tmp_path / "store.backup", "--overwrite")
    shown = shell.ok("assess", "show", walk)
    assert "Counters" in shown["answers"].values()
    assert shell.ok("check") == {"problems": []}


def test_a_backup_that_is_none_is_refused_and_changes_nothing(shell: Shell, walk: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.backup"
    file.write_bytes(b"nothing of the kind")
    said = shell("restore", file, "--overwrite")
    assert said.code == 3
    assert shell.ok("assess", "show", walk)["assessment"]["uid"] == walk


def test_words_that_are_not_understood_exit_with_2_and_one_line(shell: Shell) -> None:
    for words in (["assess", "show"], ["nosuch"], ["assess", "list", "--limit", "many"], ["finding", "raise", "x"]):
        said = shell(*words)
        assert said.code == 2
        assert len(said.err.strip().splitlines()) == 1


def test_packs_out_and_receipts_in(shell: Shell, walk: str, tmp_path: Path) -> None:
    assert shell("pack", "seal").code == 2
    hq = tmp_path / "hq"
    card = shell.ok("hq", "init", "--store", hq, store=False)["file"]
    shell.ok("take-in", card)
    pack = shell.ok("pack", "seal", "--out", tmp_path / "stick") if (tmp_path / "stick").mkdir() is None else None
    assert pack is not None
    assert pack["state"] == "sent"
    assert shell.ok("pack", "verify", pack["file"], store=False)["level"] == "outer"
    assert shell("pack", "verify", pack["file"], "--store", str(shell.store), store=False).code == 0
    taken = shell.ok("hq", "take-in", pack["file"], "--store", hq, "--out", tmp_path, store=False)
    shell.ok("take-in", taken["receipt"])
    assert [line["state"] for line in shell.ok("pack", "list")] == ["held"]
    assert shell.ok("assess", "show", walk)["custody"] == "held"
    assert shell("pack", "seal").code == 2


def test_an_altered_pack_is_refused_in_one_sentence(shell: Shell, walk: str, tmp_path: Path) -> None:
    hq = tmp_path / "hq"
    shell.ok("take-in", shell.ok("hq", "init", "--store", hq, store=False)["file"])
    file = Path(shell.ok("pack", "seal")["file"])
    whole = file.read_bytes()
    for bad in (whole[:-100], whole[:500] + bytes([whole[500] ^ 1]) + whole[501:], b"", b"PK\x03\x04"):
        altered = tmp_path / file.name
        altered.write_bytes(bad)
        for command in (["pack", "verify", altered], ["hq", "take-in", altered, "--store", hq, "--out", tmp_path]):
            said = shell(*command, store=False)
            assert said.code == 2, said.err
            assert len(said.err.strip().splitlines()) == 1
    assert shell("hq", "take-in", file, "--store", hq, "--out", tmp_path, store=False).code == 0


def test_a_laptop_is_no_headquarters(shell: Shell, walk: str, tmp_path: Path) -> None:
    said = shell("hq", "take-in", tmp_path / "x.gemba", "--store", shell.store, "--out", tmp_path, store=False)
    assert said.code == 2


def test_the_demonstration_leaves_all_that_it_promises(shell: Shell, tmp_path: Path) -> None:
    made = shell.ok("demo", tmp_path / "demo", store=False)
    for name in ("store", "headquarters", "report", "pack", "receipt"):
        assert Path(made[name]).exists(), name
    assert made["problems"] == 0
    assert made["held"] == made["assessments"] > 5
    assert shell("demo", tmp_path / "demo", store=False).code == 2


def test_the_starter_library_is_listed_and_taken_in(shell: Shell) -> None:
    told = shell.ok("template", "starters")
    assert {each["form_id"] for each in told["starters"]} == STARTERS
    assert all(each["here"] for each in told["starters"])
    assert sum(each["items"] for each in told["starters"]) == 284
    assert shell.ok("template", "starters", "--import", "store_visit", "--all")["added"] == 0
    said = shell("template", "starters", "--import", "shop_visit")
    assert said.code == 2
    assert "store_visit" in said.err
