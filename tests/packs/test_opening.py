from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime

import pytest

from gemba.errors import Refusal, Trouble
from gemba.packs import identity
from gemba.packs.bag import Reference
from gemba.packs.canonical import loads_canonical
from gemba.packs.opening import open_pack


@pytest.fixture
def sealed(world, tmp_path):
    return world.seal(tmp_path, prev_pack="ab" * 32)


def test_everything_arrives(world, sealed, tmp_path):
    with open_pack(sealed.path, [world.hq_identity], scratch=tmp_path) as pack:
        assert list(pack.operations()) == [world.operation(seq) for seq in (1, 2, 3)]
        assert list(map(loads_canonical, pack.lines())) == list(pack.operations())
        assert {sha256: opener().read() for sha256, opener in pack.blobs.items()} == {
            world.sha256(one): one for one in (world.photo, b"", world.note)
        }
        assert {name: opener().read() for name, opener in pack.documents.items()} == {"A-K7QD-0012.pdf": world.report}
        assert pack.referenced == (Reference(world.sha256(world.before), len(world.before)),)


def test_the_facts_are_those_of_the_request(world, sealed, tmp_path):
    with open_pack(sealed.path, [world.laptop_identity], scratch=tmp_path) as pack:
        facts = pack.facts
    assert facts.device_id == world.laptop.id
    assert facts.public_key == world.laptop.public
    assert (facts.epoch, facts.first_seq, facts.last_seq) == ("0001-1a2b3c4d", 1, 3)
    assert (facts.prev_pack, facts.to) == ("ab" * 32, world.hq.id)
    assert facts.created == datetime(2026, 11, 21, 8, 30, 15, tzinfo=UTC)
    assert (facts.operations, facts.blobs, facts.referenced, facts.documents) == (3, 3, 1, 1)
    assert (facts.sha256, facts.size, facts.named) == (sealed.sha256, sealed.size, True)
    assert facts.recipients == tuple(sorted(map(identity.recipient_of, [world.hq_identity, world.laptop_identity])))


def test_an_opener_reads_back_and_forth_and_as_often_as_one_likes(world, sealed, tmp_path):
    with open_pack(sealed.path, [world.hq_identity], scratch=tmp_path) as pack:
        opener = pack.blobs[world.sha256(world.photo)]
        with opener() as one, opener() as other:
            assert one.read(100) == world.photo[:100]
            assert other.read() == world.photo
            assert one.read() == world.photo[100:]
            one.seek(-5, os.SEEK_END)
            assert one.read(100) == world.photo[-5:]
            one.seek(10**9)
            assert one.read() == b""
        assert len(list(pack.operations())) == len(list(pack.operations())) == 3


def test_no_plaintext_can_be_found_while_it_is_open_or_after(world, sealed, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with open_pack(sealed.path, [world.hq_identity], scratch=scratch):
        assert list(scratch.iterdir()) == []
    assert list(scratch.iterdir()) == []


def test_a_renamed_pack_opens_but_says_so(world, sealed, tmp_path):
    renamed = sealed.path.rename(tmp_path / "from Berlin.gemba")
    with open_pack(renamed, [world.hq_identity], scratch=tmp_path) as pack:
        assert not pack.facts.named
        assert pack.facts.sha256 == sealed.sha256


def test_a_pack_under_the_name_of_another_is_refused(world, sealed, tmp_path):
    other = world.seal(tmp_path)
    shutil.copy(other.path, sealed.path)
    with pytest.raises(Refusal, match=r"packs\.damaged"), open_pack(sealed.path, [world.hq_identity], scratch=tmp_path):
        pass


def test_a_pack_for_others_is_refused(world, sealed, tmp_path):
    for keys in ([], [identity.make_age_identity()]):
        with pytest.raises(Refusal, match=r"packs\.not_for_us"), open_pack(sealed.path, keys, scratch=tmp_path):
            pass


def test_what_is_no_key_is_called_so(world, sealed, tmp_path):
    with pytest.raises(Refusal, match=r"packs\.bad_key"), open_pack(sealed.path, ["secret"], scratch=tmp_path):
        pass


def test_a_pack_that_was_forwarded_is_refused(world, tmp_path):
    sealed = world.seal(tmp_path, to="another")
    with (
        pytest.raises(Refusal, match=r"packs\.meant_for_other"),
        open_pack(sealed.path, [world.hq_identity], scratch=tmp_path, headquarters=world.hq.id),
    ):
        pass


def test_a_full_disk_is_named_as_such(world, tmp_path, full_disk):
    sealed = world.seal(tmp_path, blobs=[world.blob(bytes(3_000_000))])
    with (
        full_disk(1 << 20),
        pytest.raises(Trouble, match=r"packs\.no_room"),
        open_pack(sealed.path, [world.hq_identity], scratch=tmp_path),
    ):
        pass
    assert list(tmp_path.iterdir()) == [sealed.path]


def test_a_file_or_folder_that_is_gone_is_named(world, sealed, tmp_path):
    with (
        pytest.raises(Trouble, match=r"packs\.no_file"),
        open_pack(tmp_path / "x", [world.hq_identity], scratch=tmp_path),
    ):
        pass
    with (
        pytest.raises(Trouble, match=r"packs\.folder_gone"),
        open_pack(sealed.path, [world.hq_identity], scratch=tmp_path / "x"),
    ):
        pass
    with pytest.raises(Refusal, match=r"packs\.not_a_pack"), open_pack(tmp_path, [world.hq_identity], scratch=tmp_path):
        pass


def test_what_the_body_raises_is_left_alone(world, sealed, tmp_path):
    with pytest.raises(OSError, match="mine"), open_pack(sealed.path, [world.hq_identity], scratch=tmp_path):
        raise OSError(28, "mine")
