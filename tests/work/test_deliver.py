"""Packs go by carriers until headquarters signs, whatever stops them in between."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.carriers.openrosa_server import PASSWORD, State, serving
from tests.conftest import Clock, new_uid, reopen

from gemba.carriers import parcel, spool
from gemba.carriers.place import open_place
from gemba.domain.assessments import Assessment, AssessmentState, Custody
from gemba.errors import Refusal, Trouble
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.store import deliveries
from gemba.store.deliveries import DeliveryState
from gemba.store.lists import ASSESSMENTS
from gemba.work import conduct
from gemba.work.attach_evidence import attach
from gemba.work.carriers import add, carrier_named, carriers, remove, secret_of, try_out
from gemba.work.deliver import fetch, fetch_due, retry_due, send_all, wait_after
from gemba.work.delivery_status import status
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk
from gemba.work.send_pack import SentPack, seal
from gemba.work.take_in import take_in


@pytest.fixture
def hq(tmp_path: Path, ticking: Clock, desk: Desk) -> Iterator[Desk]:
    take_in(desk, found(tmp_path / "hq", clock=ticking, ids=new_uid, demo=True).file)
    found_desk = open_desk(tmp_path / "hq", clock=ticking, ids=new_uid)
    yield found_desk
    found_desk.store.close()


@pytest.fixture
def stick(tmp_path: Path, desk: Desk) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    add(desk, "stick", str(folder))
    return folder


@pytest.fixture
def sealed(desk: Desk, hq: Desk, audit: str, queue_photo: bytes) -> SentPack:
    attach(desk, audit, queue_photo, "queue.jpg")
    return seal(desk)[-1]


def answer(hq: Desk, folder: Path, tmp_path: Path) -> list[str]:
    """What headquarters does with a place: gather, take in, answer, tidy."""
    with open_place(str(folder)) as place:
        gathered = parcel.gather(place, tmp_path)
        for one in gathered:
            signed = intake.take_in(hq, one.file, tmp_path)
            place.put(f"down/{one.sha256}.receipt", signed.receipt.read_bytes())
            parcel.tidy(place, one.sha256)
    return [one.sha256 for one in gathered]


def custody(desk: Desk) -> Custody:
    return status(desk).packs[0].state


def test_a_pack_goes_up_and_its_receipt_comes_down(desk, hq, sealed, stick, tmp_path):
    delivered = send_all(desk)
    assert [(one.state, one.trouble) for one in delivered.outcomes] == [(DeliveryState.DONE, "")]
    assert custody(desk) is Custody.SENT
    assert answer(hq, stick, tmp_path) == [sealed.sha256]
    fetched = fetch(desk, carrier_named(desk, "stick"))
    assert [one.refused for one in fetched.answers] == [False]
    assert custody(desk) is Custody.HELD
    assert [one.state for one in status(desk).packs[0].files] != []
    assert {one.state for one in status(desk).packs[0].files} == {"held"}
    assert {"queue.jpg"} <= {one.name for one in status(desk).packs[0].files}
    assert sorted(path.name for path in stick.rglob("*") if path.is_file()) == []
    assert fetch(desk, carrier_named(desk, "stick")).answers == ()
    assert send_all(desk).outcomes == ()


def test_a_stick_that_is_not_there_is_waited_for(desk, sealed, stick, tmp_path):
    stick.rename(tmp_path / "pocket")
    [outcome] = send_all(desk).outcomes
    assert outcome.state is DeliveryState.WAITING
    assert "is not there" in outcome.trouble
    assert outcome.next_try_at is not None
    assert retry_due(desk).outcomes == ()
    assert not stick.exists()
    (tmp_path / "pocket").rename(stick)
    assert [one.state for one in retry_due(desk).outcomes] == [DeliveryState.DONE]
    assert custody(desk) is Custody.SENT


def test_other_troubles_are_tried_again_when_their_time_has_come(desk, sealed, stick, tmp_path):
    (stick / "outbox").write_bytes(b"a file where the folder should be")
    [outcome] = send_all(desk).outcomes
    assert outcome.state is DeliveryState.WAITING
    (stick / "outbox").unlink()
    assert retry_due(desk).outcomes == ()
    with desk.unit() as unit:
        [one] = deliveries.deliveries(unit)
        error = deliveries.failure(one.trouble)
        assert error is not None
        deliveries.failed(unit, one, error, unit.clock() - timedelta(seconds=1))
    assert [one.state for one in retry_due(desk).outcomes] == [DeliveryState.DONE]


def test_waits_grow_to_an_hour_and_no_two_are_the_same():
    waits = [[wait_after(tries) for _ in range(50)] for tries in range(14)]
    assert all(15 <= wait <= 30 for wait in waits[0])
    assert all(1800 <= wait <= 3600 for wait in waits[13])
    assert [max(each) for each in waits[:7]] == sorted(max(each) for each in waits[:7])
    assert len(set(waits[5])) > 10


class Cancelled(Exception):
    pass


def test_called_off_it_goes_on_where_it_was(desk, hq, audit, stick, tmp_path):
    attach(desk, audit, os.urandom(9_000_000), "film.bin")
    [pack] = seal(desk)
    seen = []

    def stop(there) -> None:
        seen.append(there)
        if there.parts_there == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        send_all(desk, progress=stop)
    [way] = status(desk).packs[0].ways
    assert (way.state, way.parts_there, way.parts) == (DeliveryState.WAITING, 1, 3)
    assert way.next_try_at is not None
    assert way.next_try_at > desk.clock() + timedelta(minutes=20)
    assert way.trouble == ""
    assert retry_due(desk).outcomes == ()  # nobody who called it off sees it begin again by itself
    assert custody(desk) is Custody.SEALED
    went = []
    send_all(desk, progress=went.append)
    assert [there.parts_there for there in went] == [1, 2, 3]
    assert went[-1].bytes_there == went[-1].size == pack.size
    assert answer(hq, stick, tmp_path) == [pack.sha256]


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.conftest import reopen, ticking_clock
from gemba.work.deliver import send_all
desk = reopen(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), ticking_clock())
def stop(there):
    if there.parts_there == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
send_all(desk, progress=stop)
"""


def test_killed_it_goes_on_where_it_was(desk, hq, audit, stick, tmp_path, ticking):
    attach(desk, audit, os.urandom(9_000_000), "film.bin")
    [pack] = seal(desk)
    desk.store.close()
    for parts in range(3):
        command = [sys.executable, "-c", KILLED, str(desk.store.folder), desk.store.key.hex(), str(parts)]
        assert subprocess.run(command, check=False, cwd=Path(__file__).parents[2]).returncode == -9
    again = reopen(desk.store.folder, desk.store.key, ticking)
    [way] = status(again).packs[0].ways
    assert (way.state, way.parts_there) == (DeliveryState.SENDING, 2)
    assert [one.state for one in send_all(again).outcomes] == [DeliveryState.DONE]
    assert answer(hq, stick, tmp_path) == [pack.sha256]
    again.store.close()


def test_parts_that_headquarters_cannot_read_go_again_by_themselves(desk, hq, sealed, stick, tmp_path):
    send_all(desk)
    part = next(stick.glob("outbox/*/000000-*"))
    part.write_bytes(os.urandom(part.stat().st_size))
    assert answer(hq, stick, tmp_path) == []
    assert list(stick.glob("down/*.wanted")) != []
    assert fetch(desk, carrier_named(desk, "stick")).again == (sealed.sha256,)
    assert [one.state for one in retry_due(desk).outcomes] == [DeliveryState.DONE]
    assert answer(hq, stick, tmp_path) == [sealed.sha256]


def test_a_pack_whose_file_is_gone_keeps_no_other_from_going(desk, hq, sealed, stick, audit):
    conduct.note(desk, audit, "/data/x", "one more word")
    second = seal(desk)[-1]
    sealed.file.unlink()
    outcomes = {one.pack: one for one in send_all(desk).outcomes}
    assert outcomes[second.sha256].state is DeliveryState.DONE
    assert outcomes[sealed.sha256].state is DeliveryState.WAITING
    second.file.write_bytes(b"damaged")
    [one, _] = sorted(send_all(desk, again=True).outcomes, key=lambda one: one.pack != second.sha256)
    assert "not what was sealed" in one.trouble


def test_every_automatic_carrier_gets_every_pack_and_one_that_fails_stops_no_other(desk, sealed, stick, tmp_path):
    add(desk, "share", str(tmp_path / "gone"))
    (tmp_path / "drawer").mkdir()
    add(desk, "drawer", str(tmp_path / "drawer"), automatic=False)
    states = {one.carrier: one.state for one in send_all(desk).outcomes}
    assert states == {"stick": DeliveryState.DONE, "share": DeliveryState.WAITING}
    assert list((tmp_path / "drawer").iterdir()) == []
    assert [one.carrier for one in send_all(desk, to="drawer").outcomes] == ["drawer"]
    assert list((tmp_path / "drawer").glob("outbox/*/COMPLETE.json")) != []


def test_what_headquarters_holds_by_another_way_leaves_the_queue(desk, hq, sealed, stick, tmp_path):
    add(desk, "share", str(tmp_path / "gone"))
    send_all(desk)
    answer(hq, stick, tmp_path)
    fetch(desk, carrier_named(desk, "stick"))
    assert send_all(desk).outcomes == ()
    assert {one.name: one.waiting for one in status(desk).carriers} == {"stick": 0, "share": 0}


def test_a_receipt_for_another_laptop_is_left_where_it_lies(desk, hq, sealed, stick):
    with open_place(str(stick)) as place:
        place.put(f"down/{'1' * 64}.receipt", b"{}")
        place.put(f"down/{'2' * 64}.publication", b"no publication")
        place.put("down/holiday.jpg", b"photo")
    fetched = fetch(desk, carrier_named(desk, "stick"))
    assert [(one.name[:1], one.refused) for one in fetched.answers] == [("2", True)]
    assert fetch(desk, carrier_named(desk, "stick")).answers == ()
    assert len(list(stick.glob("down/*"))) == 3


def test_one_program_at_a_time_sends_by_a_carrier(desk, sealed, stick):
    def again(_) -> None:
        with pytest.raises(Trouble, match=r"work\.carrier_busy"):
            send_all(desk, to="stick")
        delivered = send_all(desk)
        assert (delivered.outcomes, delivered.busy) == ((), ("stick",))
        assert "being sent by stick already" in delivered.words

    send_all(desk, progress=again)


def test_without_a_carrier_one_is_asked_for(desk):
    with pytest.raises(Refusal, match=r"work\.no_carrier"):
        send_all(desk)
    with pytest.raises(Refusal, match=r"store\.unknown_carrier"):
        send_all(desk, to="stick")
    with pytest.raises(Refusal, match=r"work\.carrier_without_name"):
        add(desk, " ", "/media/stick")


@pytest.mark.parametrize("url", ["ftp://host/x", "sftp://user:secret@host/x", "sftp:///x", "sftp://host:port/x"])
def test_what_is_no_address_is_refused_and_nothing_is_kept(desk, url):
    with pytest.raises(Refusal, match=r"carriers\."):
        add(desk, "server", url)
    assert carriers(desk) == []


def test_a_password_is_kept_sealed_and_shown_nowhere(desk, tmp_path):
    add(desk, "server", "webdavs://steward@dav.example.org/x", secret="correct horse")
    assert secret_of(desk, "server") == "correct horse"
    with desk.reader() as reader:
        assert "correct horse" not in repr(reader.setting("carriers.secret.server"))
    assert "correct horse" not in repr(carriers(desk)) + repr(status(desk))
    add(desk, "server", "webdavs://steward@dav.example.org/x", automatic=False)
    assert secret_of(desk, "server") == "correct horse"
    remove(desk, "server")
    assert secret_of(desk, "server") is None


def test_a_password_lies_in_the_keyring_where_there_is_one(desk, monkeypatch):
    import keyring
    from tests.store.test_keys import Ring

    ring = Ring()
    for name in ("get_password", "set_password", "delete_password"):
        monkeypatch.setattr(keyring, name, getattr(ring, name, lambda *_: None))
    add(desk, "server", "webdavs://steward@dav.example.org/x", secret="correct horse")
    assert secret_of(desk, "server") == "correct horse"
    with desk.reader() as reader:
        assert reader.setting("carriers.secret.server") == {"kept": "keyring"}
    monkeypatch.setattr(keyring, "get_password", lambda *_: None)
    with pytest.raises(Trouble, match=r"store\.carrier_secret_gone"):
        secret_of(desk, "server")


def test_a_carrier_is_tried_out_and_leaves_nothing(desk, stick):
    assert try_out(desk, "stick").free > 0
    assert [path for path in stick.rglob("*") if path.is_file()] == []
    stick.rename(stick.with_name("pocket"))
    with pytest.raises(Trouble, match=r"carriers\.gone"):
        try_out(desk, "stick")
    assert "is not there" in status(desk).carriers[0].trouble


def _tidies(stick: Path, pack: SentPack, *, receipt: bytes | None):
    """Headquarters, which looks at the place just when a laptop has sent something."""

    def told(_come: object) -> None:
        if receipt is not None:
            (stick / "down").mkdir(exist_ok=True)
            (stick / "down" / f"{pack.sha256}.receipt").write_bytes(receipt)
        with open_place(str(stick)) as place:
            parcel.tidy(place, pack.sha256)
        shutil.rmtree(stick / spool.parcel_folder(pack.sha256), ignore_errors=True)

    return told


def test_a_parcel_that_is_put_away_while_it_is_sent_is_held_when_its_receipt_lies_there(
    desk, hq, stick, sealed, tmp_path
):
    signed = intake.take_in(hq, desk.store.folder / "outbox" / sealed.file.name, tmp_path)
    sent = send_all(desk, progress=_tidies(stick, sealed, receipt=signed.receipt.read_bytes()))
    assert (sent.failed, custody(desk)) == ((), Custody.HELD)
    assert send_all(desk).outcomes == ()


def test_a_parcel_that_is_put_away_without_a_receipt_tells_of_it_and_goes_again(desk, stick, sealed):
    [failed] = send_all(desk, progress=_tidies(stick, sealed, receipt=None)).failed
    assert "connect the medium" not in failed.trouble
    assert "the next" in failed.trouble
    assert custody(desk) is Custody.SEALED
    assert send_all(desk).failed == ()
    assert custody(desk) is Custody.SENT


def concluded(desk: Desk, audit: str) -> None:
    with desk.unit() as unit:
        unit.change(Assessment, audit, state=AssessmentState.CONCLUDED, concluded_at=desk.clock())


def test_concluded_assessments_go_to_an_openrosa_server_once(desk, audit):
    state = State()
    with serving(state) as url:
        add(desk, "central", url, secret=PASSWORD)
        assert "central works" in try_out(desk, "central").words
        assert send_all(desk).outcomes == ()
        concluded(desk, audit)
        [outcome] = send_all(desk).outcomes
        assert (outcome.pack, outcome.state, outcome.trouble) == (audit, DeliveryState.DONE, "")
        assert send_all(desk).outcomes == ()
    assert list(state.taken) == [f"uuid:{audit}"]
    assert state.faults == []
    [sent] = status(desk).assessments
    assert [way.state for way in sent.ways] == [DeliveryState.DONE]
    assert custody_of(desk, audit) is Custody.HERE


def custody_of(desk: Desk, uid: str) -> Custody:
    with desk.reader() as reader:
        return ASSESSMENTS.lines(reader, [ASSESSMENTS.key(reader, uid)])[0].custody


def test_an_openrosa_server_that_knows_no_such_form_is_told_and_tried_again(desk, audit):
    concluded(desk, audit)
    state = State(forms={"another"})
    with serving(state) as url:
        add(desk, "central", url, secret=PASSWORD)
        [outcome] = send_all(desk).outcomes
        assert outcome.state is DeliveryState.WAITING
        assert "knows no such form" in outcome.trouble
        state.forms = None
        assert [one.state for one in send_all(desk).outcomes] == [DeliveryState.DONE]


def test_only_the_forms_that_were_named_go_there(desk, audit):
    concluded(desk, audit)
    state = State()
    with serving(state) as url:
        add(desk, "central", url, options={"forms": "another, third"}, secret=PASSWORD)
        assert send_all(desk).outcomes == ()


def test_an_openrosa_server_that_is_not_there_is_waited_for(desk, audit):
    concluded(desk, audit)
    with serving(State()) as url:
        pass
    add(desk, "central", url, secret=PASSWORD)
    [outcome] = send_all(desk).outcomes
    assert "does not answer" in outcome.trouble
    assert retry_due(desk).outcomes == ()


def test_asking_whether_anything_is_due_writes_nothing(desk, hq, sealed, stick, tmp_path):
    send_all(desk)
    before = {file: file.stat().st_mtime_ns for file in desk.store.folder.glob("gemba.db*")}
    assert before
    for _ in range(3):
        assert retry_due(desk).outcomes == ()
    assert {file: file.stat().st_mtime_ns for file in desk.store.folder.glob("gemba.db*")} == before


def test_answers_are_looked_for_now_and_then_and_by_no_carrier_that_is_out_of_reach(desk, hq, sealed, stick, tmp_path):
    add(desk, "share", str(tmp_path / "gone"))
    add(desk, "central", "http://auditor@127.0.0.1:1/x")
    send_all(desk, to="stick")
    answer(hq, stick, tmp_path)
    assert fetch_due(desk) == ()
    [fetched] = fetch_due(desk, every=timedelta(seconds=1))
    assert (fetched.carrier, len(fetched.answers)) == ("stick", 1)
    assert custody(desk) is Custody.HELD
