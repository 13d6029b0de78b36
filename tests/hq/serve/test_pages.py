from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.routing import Route
from tests.hq.conftest import sealed, walk
from tests.hq.serve.conftest import PASSWORD, Serving, Visitor
from tests.hq.strangers import KEY, enrolled, packed, spoiled
from tests.packs.stranger import operation

from gemba.domain.assessments import Answer, Assessment, answer_uid
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.settlements import Settlement
from gemba.errors import Refusal
from gemba.hq import intake, stewards
from gemba.hq.serve.application import application
from gemba.hq.serve.office import Rules, Visit
from gemba.hq.taking import take_in_one
from gemba.store import conflicts
from gemba.work.desk import Desk

PAGES = ("/", "/packs", "/conflicts", "/dashboard", "/records/assessments", "/records/findings", "/records/actions")
WHOLE_ONLY = ("/packs", "/audit-packs")


@pytest.mark.parametrize("path", [*PAGES, "/audit-packs"])
def test_nobody_sees_a_page_without_signing_in(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status, answer.leads_to.split("?")[0]) == (303, "/sign-in")


def test_whoever_signs_in_sees_every_page(taken: intake.SignedFor, visitor: Visitor) -> None:
    assert visitor.sign_in("Vera").leads_to == "/"
    for path in (*PAGES, "/audit-packs", f"/packs/{taken.pack}"):
        answer = visitor.get(path)
        assert answer.status == 200, path
        assert "<b>waited" not in answer.text
        assert "Mill <branch>" not in answer.text
    assert "Mill &lt;branch&gt; &amp; sons" in visitor.get("/records/findings").text


@pytest.mark.parametrize(("name", "password"), [("Vera", "wrong"), ("Nobody", PASSWORD), ("", ""), ("Vera", "")])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(visitor: Visitor, name: str, password: str) -> None:
    answer = visitor.sign_in(name, password)
    assert answer.status == 403
    assert "Name and password do not fit" in answer.text
    assert visitor.get("/").status == 303


def test_too_many_tries_have_to_wait(visitor: Visitor) -> None:
    answers = [visitor.sign_in("Vera", "wrong").status for _ in range(11)]
    assert answers == [403] * 10 + [429]
    late = visitor.sign_in("Vera")
    assert late.status == 429
    assert 0 < int(late.headers["retry-after"]) <= 900
    assert visitor.sign_in("Stewart").status == 303


def test_one_address_cannot_try_many_names(visitor: Visitor) -> None:
    answers = [visitor.sign_in(f"Somebody {number}", "wrong").status for number in range(31)]
    assert answers == [403] * 30 + [429]


def test_every_form_demands_its_token(visitor: Visitor, hq: Desk) -> None:
    posts = [
        route.path
        for route in application(hq, Rules()).routes
        if isinstance(route, Route) and "POST" in (route.methods or ())
    ]
    assert len(posts) >= 3
    visitor.sign_in("Ada")
    for path in posts:
        filled = re.sub(r"\{\w+\}", "x", path)
        for fields in ({}, {"csrf_token": ""}, {"csrf_token": "20991231000000##00"}):
            assert visitor.send(filled, fields).status == 403, path
        token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/conflicts").text)
        assert token
        assert visitor.send(filled, {"csrf_token": token[1]}, Sec_Fetch_Site="cross-site").status == 403
    assert visitor.get("/").status == 200


def test_a_token_of_one_browser_does_not_fit_another(visitor: Visitor) -> None:
    other = Visitor(visitor.port)
    token = re.search(r'name="csrf_token" value="([^"]+)"', other.get("/sign-in").text)
    assert token
    visitor.get("/sign-in")
    fields = {"name": "Vera", "password": PASSWORD, "csrf_token": token[1]}
    assert visitor.send("/sign-in", fields).status == 403


def test_signing_in_gives_a_new_cookie_and_signing_out_ends_it(visitor: Visitor) -> None:
    visitor.get("/sign-in")
    before = visitor.cookies["gemba"]
    visitor.sign_in("Vera")
    held = dict(visitor.cookies)
    assert held["gemba"] != before
    assert visitor.post("/sign-out", {}, page="/packs").leads_to == "/sign-in"
    assert Visitor(visitor.port, held).get("/").status == 303


def test_a_session_ends_when_nobody_uses_it_and_in_any_case(serving: Serving, people: None, hq: Desk) -> None:
    visitor = Visitor(serving(Rules(idle=timedelta(seconds=30), longest=timedelta(seconds=70))))
    visitor.sign_in("Vera")
    asked = [visitor.get("/conflicts").status for _ in range(40)]  # the clock goes on by seconds at each question
    assert asked[0] == 200
    assert asked[-1] == 303
    visitor.sign_in("Vera")
    for _ in range(40):
        hq.clock()
    assert visitor.get("/conflicts").status == 303


def test_a_new_password_and_being_disabled_sign_out_at_once(visitor: Visitor, hq: Desk) -> None:
    visitor.sign_in("Vera")
    stewards.change_password(hq, "Vera", "another battery staple")
    assert visitor.get("/").status == 303
    assert visitor.sign_in("Vera").status == 403
    visitor.sign_in("Vera", "another battery staple")
    stewards.disable_steward(hq, "Vera")
    assert visitor.get("/").status == 303
    assert visitor.sign_in("Vera", "another battery staple").status == 403


def test_the_store_knows_only_hashes(visitor: Visitor, hq: Desk) -> None:
    from gemba.store.stewards import find

    visitor.sign_in("Vera")
    with hq.reader() as reader:
        kept = find(reader, "Vera")
    assert kept is not None
    assert kept.password.startswith("$argon2id$")
    assert PASSWORD not in kept.password


def test_headers_leave_nothing_to_trick_a_browser_with(visitor: Visitor) -> None:
    answer = visitor.get("/sign-in")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "server" not in answer.headers
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    for page in ("/sign-in", "/style.css"):
        assert "<script" not in visitor.get(page).text
        assert "style=" not in visitor.get("/sign-in").text


def test_behind_https_cookies_are_bound_to_it(serving: Serving, people: None) -> None:
    visitor = Visitor(serving(Rules(https=True, domains=("audits.example",))))
    answer = visitor.get("/sign-in", Host="audits.example")
    assert answer.headers["set-cookie"].startswith("__Host-gemba=")
    assert "; secure" in answer.headers["set-cookie"].lower()
    assert "max-age=31536000" in answer.headers["strict-transport-security"]
    assert visitor.get("/sign-in", Host="evil.example").status == 400


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:1"])
def test_signing_in_leads_nowhere_else(visitor: Visitor, wanted: str) -> None:
    answer = visitor.post("/sign-in", {"name": "Vera", "password": PASSWORD, "next": wanted})
    assert (answer.status, answer.leads_to) == (303, "/")


def test_what_is_too_large_is_refused(visitor: Visitor) -> None:
    assert visitor.send("/sign-in", {"name": "x" * 70_000}).status == 413


@pytest.mark.parametrize("path", ["/packs?q=%00", "/packs/%00", "/sign-in?next=%00", "/nowhere/%00"])
def test_what_is_no_text_is_refused_at_the_door(visitor: Visitor, path: str) -> None:
    unknown = visitor.get(path)
    visitor.sign_in("Ada")
    known = visitor.get(path)
    for answer in (unknown, known):
        assert (answer.status, "no text can hold" in answer.text) == (400, True)
    assert "Sign out" in known.text


def test_half_a_surrogate_pair_is_refused_at_the_door(visitor: Visitor) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/sign-in").text)
    assert token
    answer = visitor.send_parts("/sign-in", {"name": "+2AA-", "csrf_token": token[1]}, charset="utf-7")
    assert (answer.status, "no text can hold" in answer.text) == (400, True)


def test_a_pack_tells_what_came_and_what_is_missing(taken: intake.SignedFor, visitor: Visitor) -> None:
    visitor.sign_in("Vera")
    shown = visitor.get(f"/packs/{taken.pack}").text
    assert taken.pack in shown
    assert "Everything that this pack names is here" in shown
    receipt = visitor.get(f"/packs/{taken.pack}/receipt")
    assert receipt.body == taken.receipt.read_bytes()
    assert visitor.get("/packs/" + "0" * 64).status == 404
    assert taken.pack in visitor.get(f"/packs?q={taken.pack[:8]}").text
    assert taken.pack not in visitor.get("/packs?q=%25").text


def test_a_steward_settles_a_conflict_with_a_reason(taken: intake.SignedFor, visitor: Visitor, hq: Desk) -> None:
    visitor.sign_in("Stewart")
    with hq.reader() as reader:
        [one] = conflicts.open_conflicts(reader)
    path = f"/conflicts/{one.noun}/{one.entity}"
    shown = visitor.get(path).text
    assert "Eight &lt;b&gt;waited&lt;/b&gt;" in shown
    assert "Nobody waited" in shown
    chosen = {f"side-{field.field}": field.sides[0].operation for field in one.fields if field.field == "grade"}
    own = {"side-text": "own", "own-text": "Two waited"}
    refused = visitor.post(path, chosen | own | {"reason": " "})
    assert refused.status == 400
    assert 'value="Two waited"' in refused.text
    assert visitor.post(path, {"reason": "Seen on the photo"}).status == 400
    answer = visitor.post(path, chosen | own | {"reason": "Seen on the photo"})
    assert (answer.status, answer.leads_to) == (303, "/conflicts")
    with hq.reader() as reader:
        assert conflicts.open_conflicts(reader) == []
        found = reader.get(Finding, one.entity)
        [settled] = reader.find(Settlement)
        from gemba.domain.people import Person

        person = reader.get(Person, settled.person)
    assert found is not None
    assert found.text == "Two waited"
    assert found.grade in set(FindingGrade)
    assert settled.reason == "Seen on the photo"
    assert person is not None
    assert person.name == "Stewart"
    assert visitor.get(path).status == 404


def test_a_conflict_is_called_by_what_it_is_and_where(
    taken: intake.SignedFor, visitor: Visitor, hq: Desk, laptop: Desk, tmp_path: Path
) -> None:
    with hq.reader() as reader:
        finding = reader.find(Finding)[0]
        audit = reader.find(Assessment, uid=finding.assessment)[0]
    uid = answer_uid(audit.uid, "/data/facts/area")
    for one, value in ((hq, "Counter"), (laptop, "Hall")):
        with one.unit() as unit:
            unit.put(Answer(uid=uid, assessment=audit.uid, path="/data/facts/area", value=value))
    intake.take_in(hq, sealed(laptop)[0], tmp_path)
    visitor.sign_in("Stewart")
    listed = visitor.get("/conflicts").text
    assert f"area · {audit.number} · Harbour branch</bdi>" in listed
    assert f"{finding.number} Eight &lt;b&gt;waited&lt;/b&gt; · {audit.number} · Harbour branch</bdi>" in listed
    assert f"area · {audit.number} · Harbour branch</bdi>" in visitor.get(f"/conflicts/answer/{uid}").text
    assert "/data/facts" not in listed


@pytest.mark.parametrize(("typed", "words"), [("[" * 3_000, "cannot be set to that"), (" ", "not empty on any side")])
def test_what_a_field_cannot_hold_is_refused_in_a_sentence(
    taken: intake.SignedFor, visitor: Visitor, hq: Desk, typed: str, words: str
) -> None:
    visitor.sign_in("Stewart")
    with hq.reader() as reader:
        [one] = conflicts.open_conflicts(reader)
    field = "grade" if typed.strip() else "text"
    own = {f"side-{field}": "own", f"own-{field}": typed, "reason": "Why not"}
    refused = visitor.post(f"/conflicts/{one.noun}/{one.entity}", own)
    assert refused.status == 400
    assert words in refused.text


def test_a_viewer_looks_and_does_not_settle(taken: intake.SignedFor, visitor: Visitor, hq: Desk) -> None:
    visitor.sign_in("Vera")
    with hq.reader() as reader:
        [one] = conflicts.open_conflicts(reader)
    path = f"/conflicts/{one.noun}/{one.entity}"
    assert 'type="radio"' not in visitor.get(path).text
    fields = {"reason": "because"} | {f"side-{field.field}": field.sides[0].operation for field in one.fields}
    assert visitor.post(path, fields, page="/conflicts").status == 403
    with hq.reader() as reader:
        assert len(conflicts.open_conflicts(reader)) == 1


def test_whoever_has_one_region_sees_nothing_of_another(taken: intake.SignedFor, visitor: Visitor, hq: Desk) -> None:
    from gemba.domain.places import Place

    visitor.sign_in("Nora")
    assert visitor.get("/").leads_to == "/dashboard"
    for path in (*WHOLE_ONLY, f"/packs/{taken.pack}"):
        assert visitor.get(path).status == 403
    with hq.reader() as reader:
        south = reader.find(Place, name="South")[0].uid
        mill = reader.find(Place, name="Mill <branch> & sons")[0].uid
    for path in ("/dashboard", "/records/assessments", "/records/findings", "/records/actions"):
        shown = visitor.get(path).text
        assert "Harbour" in shown
        assert "Mill" not in shown
        assert "South" not in shown
        for place in (south, mill):
            assert visitor.get(f"{path}?place={place}").status == 403
    assert "F-" in visitor.get("/conflicts").text


def test_lists_are_searched_narrowed_and_paged(taken: intake.SignedFor, visitor: Visitor) -> None:
    visitor.sign_in("Vera")
    assert "Nothing fits" in visitor.get("/records/findings?q=nowhere").text
    assert "Nothing fits" in visitor.get("/records/findings?state=closed&q=pallet").text
    for odd in ("after=99999999999999999999", "after=-1", "state=%01", "place=x", "q=%22%27%3B--", "after=%C2%B2"):
        assert visitor.get(f"/records/actions?{odd}").status == 200
    assert visitor.get("/records/secrets").status == 404


def test_laptops_are_found_by_words_and_by_what_they_need(taken: intake.SignedFor, visitor: Visitor) -> None:
    visitor.sign_in("Vera")
    with_one, with_none = "/packs?laptop=", "No laptop fits."
    assert with_one in visitor.get("/").text
    words = taken.words.split()[-1]  # what is told of a new laptop ends with the words of its key
    for asked in (f"?q={words}", f"?q={words.upper()}", "?need=nonsense"):
        assert with_one in visitor.get(f"/{asked}").text
    for asked in ("?q=nobody-has-this-name", "?need=forked"):
        assert with_none in visitor.get(f"/{asked}").text


def test_a_laptop_that_was_just_enrolled_does_not_count_as_silent(visitor: Visitor, hq: Desk) -> None:
    enrolled(hq)
    visitor.sign_in("Vera")
    shown = visitor.get("/").text
    assert re.search(r"<b>0</b> <span>laptops silent", shown)
    assert '<td class="when">not yet</td>' in shown
    assert "No laptop fits." in visitor.get("/?need=silent").text


def test_changes_that_their_laptop_did_not_sign_are_told_beside_it(visitor: Visitor, hq: Desk, tmp_path: Path) -> None:
    enrolled(hq)
    take_in_one(hq, packed(hq, tmp_path, "1-1", spoiled(operation(KEY, 1))), tmp_path)
    visitor.sign_in("Vera")
    shown = visitor.get("/?need=unsigned").text
    assert "Stranger" in shown
    assert "Changes without signature" in shown
    assert "1 change without signature" in shown


def test_packs_are_found_by_a_laptops_name_and_by_their_hash(taken: intake.SignedFor, visitor: Visitor) -> None:
    visitor.sign_in("Vera")
    sha256 = taken.receipt.name.removesuffix(".receipt")
    for asked in (sha256[:8], sha256[:8].upper()):
        assert f"/packs/{sha256}" in visitor.get(f"/packs?q={asked}").text
    assert "No pack fits." in visitor.get("/packs?q=%25").text


def test_an_audit_pack_is_downloaded_and_gone_on_with(visitor: Visitor, hq: Desk) -> None:
    folder = Path(hq.store.folder) / "audit-packs"
    folder.mkdir()
    data = bytes(range(256)) * 40
    (folder / "2026-Q1 <north>.zip").write_bytes(data)
    (folder / "half.zip.part").write_bytes(b"x")
    visitor.sign_in("Vera")
    shown = visitor.get("/audit-packs").text
    assert "2026-Q1 &lt;north&gt;.zip" in shown
    assert "half" not in shown
    path = "/audit-packs/2026-Q1%20%3Cnorth%3E.zip"
    assert visitor.get(path).body == data
    rest = visitor.get(path, Range="bytes=5000-")
    assert (rest.status, rest.body) == (206, data[5000:])
    assert rest.headers["content-range"] == f"bytes 5000-{len(data) - 1}/{len(data)}"
    for whole in ("bytes=5-2", "bytes=x-y", "bytes=", "bytes", "lines=1-2", "bytes=1-2,z", f"bytes={'9' * 5000}-"):
        answer = visitor.get(path, Range=whole)
        assert (answer.status, answer.body) == (200, data), whole
    for part, wanted in (("bytes=2-2", data[2:3]), ("bytes=-7", data[-7:]), ("Bytes=10239-99999", data[-1:])):
        answer = visitor.get(path, Range=part)
        assert (answer.status, answer.body) == (206, wanted), part
    several = visitor.get(path, Range="bytes=0-1, 9-9")
    assert (several.status, several.headers["content-type"].split(";")[0]) == (206, "multipart/byteranges")
    beyond = visitor.get(path, Range="bytes=99999-")
    assert (beyond.status, beyond.headers["content-range"]) == (416, f"bytes */{len(data)}")
    for wrong in ("..%2Fgemba.db", "%2e%2e/gemba.db", "half.zip.part", "keys.json"):
        assert visitor.get(f"/audit-packs/{wrong}").status in {403, 404}


def test_figures_of_a_dashboard_stand_in_charts_and_in_a_table(taken: intake.SignedFor, visitor: Visitor) -> None:
    visitor.sign_in("Vera")
    shown = visitor.get("/dashboard?days=0").text
    assert shown.count("<svg") >= 1
    assert 'role="img"' in shown
    assert "<table" in shown
    assert "South" in shown


def test_an_administrator_decides_on_quarantine(
    serving: Serving, hq: Desk, people: None, laptop: Desk, queue_photo: bytes, tmp_path: Path
) -> None:
    with hq.unit() as unit:
        unit.set_setting("senders", "enrolled")
    walk(laptop, queue_photo)
    [pack] = sealed(laptop)
    with pytest.raises(Refusal):
        intake.take_in(hq, pack, tmp_path)
    visitor = Visitor(serving())
    path = f"/quarantine/{pack.stem}"
    visitor.sign_in("Stewart")
    assert path not in visitor.get("/").text
    assert visitor.post(path, {"decision": "let-in"}, page="/packs").status == 403
    visitor.cookies.clear()
    visitor.sign_in("Ada")
    assert path in visitor.get("/").text
    assert visitor.post(path, {"decision": "maybe"}, page="/packs").status == 400
    assert visitor.post(path, {"decision": "set-aside"}, page="/").status == 303
    assert path not in visitor.get("/").text
    assert visitor.post(path, {"decision": "let-in"}, page="/packs").status == 303
    assert pack.stem in visitor.get("/packs").text
    assert visitor.post("/quarantine/" + "0" * 64, {"decision": "let-in"}, page="/packs").status == 400


def test_whoever_looks_after_the_server_is_told_of_the_door(visitor: Visitor, visits: list[Visit]) -> None:
    visitor.sign_in("Vera", "wrong")
    visitor.sign_in("my own password", "wrong")
    visitor.sign_in("Vera")
    visitor.post("/sign-out", {}, page="/conflicts")
    assert [(visit.event, visit.steward, visit.address) for visit in visits] == [
        ("sign-in-failed", "Vera", "127.0.0.1"),
        ("sign-in-failed", "", "127.0.0.1"),
        ("signed-in", "Vera", "127.0.0.1"),
        ("signed-out", "Vera", "127.0.0.1"),
    ]


def test_health_is_told_to_anybody(visitor: Visitor) -> None:
    assert visitor.get("/health").body == b"ok"
