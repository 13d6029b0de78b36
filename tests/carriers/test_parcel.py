"""What every carrier must do, each on a real server."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from tests.carriers.conftest import Far

from gemba import wording
from gemba.carriers import parcel, spool
from gemba.carriers.parcel import gather, gather_all, push, tidy, unfinished
from gemba.carriers.place import Place, open_place
from gemba.errors import GembaError, Trouble

PART = 256 << 10


def sha256_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def put(pack: Path, place: Place, **more):
    return push(pack, place, part_size=PART, **more)


class Stop(Exception):
    pass


def stop_after(parts: int):
    def progress(advance: parcel.Advance) -> None:
        if advance.parts_there >= parts:
            raise Stop

    return progress


def told(error: GembaError) -> str:
    words = wording.sentence(error)
    assert not words.startswith(error.code)
    assert "?" not in words, words
    return words


def test_a_pack_arrives_whole(place, pack, tmp_path):
    pushed = put(pack, place)
    assert (pushed.sha256, pushed.parts, pushed.parts_sent) == (sha256_of(pack), 5, 5)
    [gathered] = gather(place, tmp_path)
    assert gathered.sha256 == sha256_of(gathered.file) == sha256_of(pack)
    assert gathered.file.name == f"{sha256_of(pack)}.gemba"
    assert not [entry for entry in place.list(spool.parcel_folder(pushed.sha256)) if entry.name.endswith(".tmp")]


def test_an_empty_file_arrives(place, tmp_path):
    (tmp_path / "empty").touch()
    put(tmp_path / "empty", place)
    [gathered] = gather(place, tmp_path)
    assert gathered.file.read_bytes() == b""


def test_sending_twice_sends_nothing(place, pack):
    put(pack, place)
    assert put(pack, place).parts_sent == 0


def test_a_push_that_was_stopped_is_gone_on_with(place, pack, tmp_path):
    with pytest.raises(Stop):
        put(pack, place, progress=stop_after(2))
    assert gather(place, tmp_path) == []
    [one] = unfinished(place)
    assert (one.sha256, one.missing) == (sha256_of(pack), ())
    place.put(f"outbox/{sha256_of(pack)}/000002-{'0' * 64}.1234.tmp", b"half")
    assert put(pack, place).parts_sent == 3
    assert len(gather(place, tmp_path)) == 1


def test_a_damaged_part_is_told_by_name_and_healed_by_the_next_push(place, pack, tmp_path):
    put(pack, place)
    folder = spool.parcel_folder(sha256_of(pack))
    names = spool.plan(pack, PART).names()
    place.put(f"{folder}/{names[1]}", os.urandom(PART))
    place.remove(f"{folder}/{names[4]}")
    assert [one.missing for one in gather_all(place, tmp_path).unfinished] == [(names[4],)]
    assert put(pack, place).parts_sent == 1
    [one] = gather_all(place, tmp_path).unfinished
    assert one.missing == (names[1],)
    assert list(tmp_path.glob("*.part")) == []
    wanted = place.read(f"down/{sha256_of(pack)}.wanted", 10_000)
    assert names[1].encode() in wanted
    assert put(pack, place).parts_sent == 1
    assert place.list("down") == []
    [gathered] = gather(place, tmp_path)
    assert sha256_of(gathered.file) == sha256_of(pack)


def test_reading_back_finds_what_a_listing_cannot(place, pack):
    put(pack, place)
    name = spool.plan(pack, PART).names()[0]
    place.put(f"{spool.parcel_folder(sha256_of(pack))}/{name}", os.urandom(PART))
    assert put(pack, place).parts_sent == 0
    assert put(pack, place, again=True).parts_sent == 1


def test_a_damaged_list_is_no_parcel_and_is_healed(place, pack, tmp_path):
    put(pack, place)
    complete = f"{spool.parcel_folder(sha256_of(pack))}/{spool.COMPLETE}"
    place.put(complete, b'{"v":1,"size":NaN}')
    assert [one.missing for one in unfinished(place)] == [(spool.COMPLETE,)]
    assert gather(place, tmp_path) == []
    assert [entry.name for entry in place.list("down")] == [f"{sha256_of(pack)}.wanted"]
    put(pack, place)
    assert place.list("down") == []
    assert len(gather(place, tmp_path)) == 1


def test_a_parcel_goes_only_when_its_receipt_lies_there(place, pack, tmp_path):
    sha256 = put(pack, place).sha256
    assert not tidy(place, sha256)
    assert len(gather(place, tmp_path)) == 1
    place.put(f"down/{sha256}.receipt", b"signed")
    assert gather(place, tmp_path) == []
    assert tidy(place, sha256)
    assert place.list(spool.parcel_folder(sha256)) == []
    assert [entry.name for entry in place.list("down")] == [f"{sha256}.receipt"]
    assert tidy(place, sha256)


def test_two_places_make_one_parcel(far, place, pack, tmp_path):
    sha256 = put(pack, place).sha256
    names = spool.plan(pack, PART).names()
    with open_place(str(tmp_path), {}) as stick:
        for name in names[:3]:
            path = f"{spool.parcel_folder(sha256)}/{name}"
            stick.put(path, place.read(path, PART))
            place.remove(path)
        assert gather(place, tmp_path) == []
        [gathered] = gather([place, stick], tmp_path)
    assert sha256_of(gathered.file) == sha256


def test_what_is_no_parcel_is_left_alone(place, pack, tmp_path):
    place.put("outbox/holiday/photo.jpg", b"photo")
    place.put("outbox/readme.txt", b"words")
    put(pack, place)
    assert len(gather(place, tmp_path)) == 1
    assert place.read("outbox/holiday/photo.jpg", 100) == b"photo"


def test_a_made_up_list_is_not_believed(place, tmp_path):
    data = b"not what it says"
    part = spool.Part(hashlib.sha256(data).hexdigest(), len(data))
    plan = spool.Complete(sha256="0" * 64, size=len(data), parts=(part,))
    folder = spool.parcel_folder(plan.sha256)
    place.put(f"{folder}/{plan.names()[0]}", data)
    place.put(f"{folder}/{spool.COMPLETE}", spool.encode(plan))
    found = gather_all(place, tmp_path)
    assert found.gathered == ()
    assert found.unfinished[0].missing == tuple(plan.names())


def test_a_place_that_is_not_there_is_not_made(far, pack):
    if far.server.sort == "s3":
        pytest.skip("a folder of a bucket is there as soon as something is in it")
    gone = Far(far.server, f"{far.name}x")
    with gone.open() as place, pytest.raises(Trouble) as caught:
        put(pack, place)
    assert caught.value.code == "carriers.gone"
    told(caught.value)


def test_a_file_is_read_no_further_than_asked(place):
    place.put("large", b"x" * 1000)
    assert place.read("large", 1000) == b"x" * 1000
    with pytest.raises(Trouble, match=r"carriers\.too_large"):
        place.read("large", 999)
    with pytest.raises(Trouble, match=r"carriers\.gone"):
        place.read("nothing", 10)
    place.remove("nothing")
    place.remove_folder("nothing")
    assert place.size("large") == 1000
    assert place.size("deep/nothing") is None


def test_a_wrong_password_is_told(far):
    if far.server.wrong is None:
        pytest.skip("this server asks for none")
    with pytest.raises(Trouble) as caught, far.open(far.server.wrong) as place:
        place.check()
    assert caught.value.code == "carriers.wrong_password"
    assert far.server.wrong not in told(caught.value)


def test_a_server_that_stops_half_way_is_told_and_the_rest_follows(far: Far, pack, tmp_path):
    if far.server.sort == "folder":
        pytest.skip("a folder has no server")

    def pull(advance: parcel.Advance) -> None:
        if advance.parts_there == 2:
            far.server.stop()

    with pytest.raises(Trouble) as caught, far.open() as place:
        put(pack, place, progress=pull)
    assert caught.value.code in {"carriers.cut_off", "carriers.refused", "carriers.no_answer"}, caught.value.__cause__
    told(caught.value)
    with pytest.raises(Trouble) as refused, far.open() as place:
        place.check()
    assert refused.value.code == "carriers.refused"
    far.server.start()
    with far.open() as place:
        pushed = put(pack, place)
        assert pushed.parts_sent in ({5} if far.server.sort == "s3" else {2, 3})  # moto keeps all in memory
        assert len(gather(place, tmp_path)) == 1


def test_what_a_cut_push_left_makes_room_before_anything_is_sent(pack: Path, place: Place):
    folder = spool.parcel_folder(sha256_of(pack))
    place.put(f"{folder}/000000-{'0' * 64}.ab12cd34.tmp", b"half a part")
    left = []
    put(pack, place, progress=lambda _: left.append([one.name for one in place.list(folder) if "tmp" in one.name]))
    assert left[0] == []
