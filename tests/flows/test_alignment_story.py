"""A quarter's alignment audit as its people live it: two laptops, headquarters, a stick, and the command line.

Headquarters promises, places decide, one audit is planned by risk, drawn, judged blindly by two, answered, concluded,
counted; and every store tells the same of it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Shell
from tests.conftest import new_uid
from tests.flows.quarter import BOUNDARY, CONDUCT, ENDS, QUARTER, Network, log
from tests.flows.steward import Calendar

from gemba.cli.naming import named
from gemba.cli.world import World
from gemba.domain.judgements import AlignmentVerdict, Constraint
from gemba.domain.programmes import Audit
from gemba.hq.founding import found
from gemba.work.judge import judge
from gemba.work.judgement_rules import Said
from gemba.work.open_desk import make_desk, open_desk

LEAD, SECOND = "Anna Lead", "Ben Second"
REPORT = ("report", "alignment", QUARTER, "--out")


@pytest.fixture
def net(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Network:
    """Two laptops that know headquarters, and are known there."""
    calendar = Calendar()
    (tmp_path / "stick").mkdir()
    found(tmp_path / "hq", clock=calendar, ids=new_uid, name="Meridian", demo=True)
    for folder, name in (("lead", LEAD), ("second", SECOND)):
        make_desk(tmp_path / folder, clock=calendar, ids=new_uid, demo=True, person_name=name).store.close()
    world = World(clock=calendar, ids=new_uid, passphrase=None, window=lambda _: 0, tour=lambda *_: [])
    shells = [Shell(tmp_path / each, world, capsys) for each in ("lead", "second", "hq")]
    made = Network(*shells, tmp_path / "stick", calendar)
    for each in (made.lead, made.second):
        each.ok("take-in", tmp_path / "hq" / "headquarters.card")
        card = each.ok("pack", "card", "--out", tmp_path / "stick", "--name", each.store.name)
        made.hq.ok("hq", "enrol", card["file"], "--store", made.hq.store)
    return made


def refused(shell: Shell, *arguments: str | Path) -> str:
    said = shell(*arguments)
    assert (said.code, said.out) == (2, ""), said
    return said.err


def promise(net: Network) -> None:
    """Headquarters says what holds where; both laptops hear of it."""
    hq = net.hq
    hq.ok("place", "add", "South", "--level", "region", "--zone", "Europe/Berlin")
    for name in ("Harbour", "Hill"):
        hq.ok("place", "add", name, "--parent", "South")
    begins = ("--owner", "Head of service", "--from", "2025-01-01")
    told = ("--statement", "We tell you first.", "--need", "I want to know", "--code", "told-first")
    hq.ok("goal", "add", "Told before you ask", *told, *begins)
    one = ("--statement", "One person decides.", "--need", "I tell it once", "--code", "one-person")
    hq.ok("goal", "add", "One person", *one, *begins)
    adapted = ("--statement", "We tell you within a day.", "--reason", "Letters take a day", "--until", "2026-12-31")
    hq.ok("goal", "adapt", "told-first", "--place", "South", *adapted, "--from", "2025-01-01")
    hq.ok("boundary", "set", *BOUNDARY, "--title", "Refund", "--escalate-to", "Area lead")
    net.down()
    for laptop in (net.lead, net.second):
        held = laptop.ok("goal", "list", "--place", "Harbour", "--on", "2026-01-10")
        assert {"We tell you within a day.", "One person decides."} == {each["goal"]["statement"] for each in held}


def decide(net: Network, folder: Path) -> None:
    """The branch's log is imported on one laptop; on the other its owner writes down a decision of another branch."""
    lead = net.lead
    asked = ("decision", "import", log(folder / "log.csv"), "--source", "Branch log")
    done = lead.ok(*asked, "--refused", folder / "refused.csv")
    assert (done["added"], done["refused"], done["undated"], done["conflicts"]) == (30, 1, 1, 1)
    assert (done["standings"]["beyond"], done["standings"]["within"]) == (1, 29)
    assert "H-900" in (folder / "refused.csv").read_text("utf-8-sig")
    assert lead.ok(*asked)["unchanged"] == 30
    assert [one["title"] for one in lead.ok("decision", "list", "--where", "standing=beyond")] == ["Refund 1 was given"]
    (conflict,) = lead.ok("escalation", "list")
    assert (conflict["sort"], bool(conflict["due_at"])) == ("conflict", True)
    hill = ("--place", "Hill", "--role", "Branch lead", "--scenario", "refund", "--on", "2026-02-02")
    net.second.ok("decision", "add", "Refund of 20", *hill, "--amount", "20", "--unit", "EUR")
    net.up(net.lead, net.second)
    assert len(net.hq.ok("decision", "list")) == 31
    assert len(net.hq.ok("escalation", "list")) == 1


def plan(net: Network) -> str:
    """Headquarters plans by risk; who decided does not audit; a promise ends within the quarter."""
    hq = net.hq
    hq.ok("programme", "make", QUARTER, "--objective", "Do branches keep what we promised?")
    assert {one["name"] for one in hq.ok("programme", "risk", QUARTER)} >= {"Harbour", "Hill"}
    auditors = ("--auditor", SECOND)
    assert "nobody audits their own" in refused(hq, "programme", "plan", QUARTER, "--site", "Hill", *auditors)
    both = ("--auditor", LEAD, "--second", SECOND, "--share", "0.5", "--because", "Neither works at the branch")
    (made,) = hq.ok("programme", "plan", QUARTER, "--site", "Harbour", *both)["audits"]
    hq.ok("programme", "run", QUARTER)
    hq.ok("goal", "retire", "one-person", "--on", ENDS, "--reason", "Teams decide now")
    net.down()
    return str(made["number"])


def draw(net: Network, audit: str, folder: Path) -> None:
    """A frozen frame; what comes late is noticed, and changes nothing, also on the other laptop."""
    lead = net.lead
    lead.ok("audit", "open", audit)
    lead.ok("sample", "draw", audit, "--method", "simple", "--n", "10", "--seed", "spring")
    lead.ok("decision", "import", log(folder / "late.csv", 30, 1, planted=False), "--source", "Branch log")
    again = lead.ok("sample", "redraw", audit)
    assert again["is_same"]
    assert len(again["since"]["recorded_later"]) == 1
    net.share(audit, lead, net.second, "second")
    there = net.second.ok("sample", "redraw", audit)
    assert (there["is_same"], there["is_frame_whole"], there["sample"]) == (True, True, again["sample"])


def say(net: Network, shell: Shell, audit: str, owed: list[dict[str, str]], contrary: list[str]) -> None:
    """Judge all that is owed, the named decisions as contrary to what was promised; the last on the command line."""
    against = {"evidence_against": "Nobody wrote to the customer", "constraint": Constraint.TIME}
    desk = open_desk(shell.store, clock=net.clock, ids=new_uid)
    with desk.reader() as reader:
        uid = named(reader, Audit, audit).uid
    for one in owed[:-1]:
        bad = one["goal"] == "told-first" and one["decision"] in contrary
        verdict = AlignmentVerdict.CONTRARY if bad else AlignmentVerdict.ALIGNED
        said = Said(verdict=verdict, evidence_for="The file of the day", **(against if bad else {}))
        judge(desk, uid, one["uid"], one["goal_uid"], said)
    desk.store.close()
    last = owed[-1]
    assert last["decision"] not in contrary
    shell.ok("audit", "judge", audit, last["decision"], last["goal"], "aligned", "--for", "The file of the day")


def judge_apart(net: Network, audit: str) -> list[str]:
    """Both judge apart; nothing that travels shows one what the other said. Gives what both judged of a promise."""
    lead, second = net.lead, net.second
    owed, both = lead.ok("audit", "to-judge", audit), second.ok("audit", "to-judge", audit)
    ended = {each["decision"] for each in owed if each["goal"] == "one-person"}
    days = {each["number"]: each["decided_on"] for each in lead.ok("decision", "list")}
    drawn = {each["decision"] for each in owed}
    assert ended == {number for number in drawn if days[number] < ENDS}
    assert 0 < len(ended) < len(drawn) == 10
    shared = list(dict.fromkeys(each["decision"] for each in both))
    assert len(shared) == 5
    alone = [each for each in dict.fromkeys(each["decision"] for each in owed) if each not in shared]
    say(net, lead, audit, owed, alone[:3])
    say(net, second, audit, both, shared[:2])
    net.share(audit, lead, second, "second")
    net.share(audit, second, lead, "lead")
    for shell, mine in ((lead, owed), (second, both)):
        shown = shell.ok("audit", "show", audit)
        assert (shown["is_blind"], len(shown["judgements"])) == (True, len(mine))
        assert "handed in" in refused(shell, "agreement", "disagreements", audit)
    return shared[:2]


def merge(net: Network, audit: str, folder: Path) -> None:
    """Both hand in; headquarters gets the same whichever pack comes first."""
    other = net.copied(net.hq, folder / "other-hq")
    packs = []
    for shell in (net.lead, net.second):
        shell.ok("audit", "hand-in", audit)
        packs.append([each["file"] for each in shell.ok("pack", "seal")["packs"]])
    for hq, order in ((net.hq, packs), (other, packs[::-1])):
        for file in (each for some in order for each in some):
            receipt = hq.ok("take-in", file, "--out", net.stick)["receipt"]
            assert receipt
    for asked in (("agreement", "disagreements", audit), ("agreement", "show", audit), ("decision", "list")):
        assert net.hq.ok(*asked) == other.ok(*asked)
    assert len(other.ok("agreement", "disagreements", audit)) == 2
    assert other("check").code == 0
    net.down()


def settle(net: Network, audit: str, differ: list[str]) -> None:
    """What both agree on counts; two that agreed otherwise, apart, are a conflict that a person settles."""
    lead, second = net.lead, net.second
    assert {each["decision"] for each in lead.ok("agreement", "disagreements", audit)} == set(differ)
    agreed = ("--present", "Both auditors", "--reason")
    lead.ok("agreement", "settle", audit, differ[0], "--as", "contrary", *agreed, "The letter went out later")
    lead.ok("agreement", "settle", audit, differ[1], "--as", "contrary", *agreed, "The file shows it")
    second.ok("agreement", "settle", audit, differ[1], "--as", "aligned", *agreed, "The call was noted")
    net.share(audit, lead, second, "second")
    net.share(audit, second, lead, "lead")
    (conflict,) = lead.ok("conflict", "list")
    assert conflict["noun"] == "agreed_verdict"
    assert {"verdict", "reason"} <= {each["field"] for each in conflict["fields"]}
    assert [each["entity"] for each in second.ok("conflict", "list")] == [conflict["entity"]]
    assert lead("audit", "release-check", audit).code == 2
    lead.ok("conflict", "settle", conflict["entity"], "--laptop", "second", "--reason", "We looked again, together")
    net.share(audit, lead, second, "second")
    for shell in (lead, second):
        assert shell.ok("conflict", "list") == []
        assert shell.ok("agreement", "disagreements", audit) == []


def answer(net: Network, audit: str, folder: Path) -> str:
    """The conduct is written down, a finding is raised, contested with evidence, and changed."""
    lead = net.lead
    lead.ok("assess", "answer", lead.ok("audit", "show", audit)["audit"]["assessment"], *CONDUCT)
    (proposed, *_) = lead.ok("audit", "finding", audit)
    assert (proposed["goal"], proposed["grade"], len(proposed["decisions"])) == ("told-first", "major", 4)
    said = ("--grade", "major", "--text", "Customers hear of refunds late")
    finding = lead.ok("audit", "finding", audit, "told-first", *said)
    assert finding["criterion"] == "We tell you within a day.", "what held there, not what holds elsewhere"
    lead.ok("audit", "to-auditee", audit)
    letter = folder / "letter.txt"
    letter.write_text("Sent on the same day.", "utf-8")
    asked = ("audit", "respond", finding["number"], "contest", "--role", "Branch lead")
    lead.ok(*asked, "--text", "Letters went out", "--file", letter)
    assert lead("audit", "release-check", audit).code == 2
    lead.ok("audit", "settle-response", finding["number"], "changed", "--grade", "minor", "--reason", "One letter did")
    return str(finding["number"])


def conclude(net: Network, audit: str, finding: str, folder: Path) -> str:
    """Warnings get their word; the report is frozen; what comes after it is late. Gives its SHA-256."""
    lead = net.lead
    found = lead.ok("audit", "release-check", audit)
    warned = [each["code"] for each in found["remarks"] if each["weight"] == "warning"]
    assert "goal_retired.one-person" in warned
    assert "word" in refused(lead, "audit", "conclude", audit)
    words = [part for code in warned for part in ("--word", f"{code}=We looked at it")]
    out = folder / "audit.pdf"
    made = lead.ok("audit", "conclude", audit, "--summary", "Kept mostly", *words, "--out", out)
    sha256 = str(made["audit"]["report"])
    assert sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    late = ("audit", "respond", finding, "contest", "--role", "Branch lead", "--text", "Still not ours")
    assert lead.ok(*late)["is_late"]
    lead.ok("audit", "report", audit, "--out", folder / "again.pdf")
    assert (folder / "again.pdf").read_bytes() == out.read_bytes()
    assert refused(lead, "decision", "change", _drawn(lead, audit), "--title", "Otherwise")
    return sha256


def _drawn(shell: Shell, audit: str) -> str:
    return str(shell.ok("audit", "show", audit)["judgements"][0]["decision"])


def tell(shell: Shell, folder: Path) -> dict[str, Any]:
    """Lists, rates and reports of a store."""
    folder.mkdir()
    shell.ok("drift", "heatmap", "--quarter", QUARTER, "--out", folder / "heat.png")
    told = {
        "report": shell.ok(*REPORT, folder / "alignment.pdf")["sha256"],
        "review": shell.ok("report", "management-review", QUARTER, "--out", folder / "r.pdf", "--no-names")["sha256"],
    }
    for by in ("goal", "site", "region"):
        told[by] = shell.ok("drift", "--by", by, "--quarter", QUARTER)
    for noun in ("audit", "decision", "finding", "escalation"):
        told[f"{noun} list"] = shell.ok(noun, "list")
    for file in ("heat.png", "alignment.pdf", "r.pdf"):
        assert (folder / file).stat().st_size > 1000
    return told


def count(net: Network, audit: str, sha256: str, folder: Path) -> None:
    """Headquarters has all of it and tells the same; every store is whole."""
    net.up(net.lead, net.second)
    net.down()
    at_laptop, at_hq = tell(net.lead, folder / "at-laptop"), tell(net.hq, folder / "at-hq")
    assert net.hq.ok("audit", "show", audit)["report"] == sha256
    assert len(at_hq["decision list"]) == len(at_laptop["decision list"]) + 1, "the other branch's is not there"
    for name in at_laptop.keys() - {"decision list"}:
        assert at_laptop[name] == at_hq[name], name
    rates = {each["key"]: each for each in at_laptop["goal"]["groups"]}
    assert (rates["told-first"]["aligned"], rates["told-first"]["contrary"]) == (6, 4)
    assert rates["one-person"]["contrary"] == 0
    assert net.hq.ok("sample", "redraw", audit)["is_same"]
    for shell in net.all():
        assert shell("check").code == 0
        assert shell.ok("conflict", "list") == []


@pytest.mark.timeout(1200)  # some 120 commands over three stores: minutes on a busy machine
def test_a_quarter_from_promise_to_report(net: Network, tmp_path: Path) -> None:
    promise(net)
    decide(net, tmp_path)
    audit = plan(net)
    draw(net, audit, tmp_path)
    differ = judge_apart(net, audit)
    merge(net, audit, tmp_path)
    settle(net, audit, differ)
    finding = answer(net, audit, tmp_path)
    sha256 = conclude(net, audit, finding, tmp_path)
    count(net, audit, sha256, tmp_path)
