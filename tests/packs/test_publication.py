"""Publications that somebody altered, put together, kept back or made up."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemba.errors import GembaError, Refusal
from gemba.packs.identity import DeviceKey, make_device_key
from gemba.packs.publication import Target, root_name
from gemba.packs.publication_checking import Checked, Known, check, read_targets
from gemba.packs.publication_reading import looks_like_one, open_publication, said_number
from gemba.packs.publication_root import (
    first_root,
    follows,
    make_root_key,
    next_root,
    publisher,
    read_root,
    read_root_key,
    spell_root_key,
)
from gemba.packs.publication_words import Devices, ForLaptop, Statement, read, seal, unseal, write
from gemba.packs.publication_writing import LASTS, Content, make_lists, write_file, write_folder

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


class Publisher:
    """A headquarters that publishes."""

    def __init__(self) -> None:
        self.roots = [make_root_key() for _ in range(3)]
        self.device: DeviceKey = make_device_key()
        self.root_files = [first_root(self.roots, self.device.public, NOW)]

    def lists(self, version: int, targets: list[Target], now: datetime = NOW) -> dict[str, Content]:
        made: dict[str, Content] = {}
        made |= make_lists(version, targets, now, self.device.public, self.device.sign)
        made |= {root_name(number): body for number, body in enumerate(self.root_files, 1)}
        return made

    def whole(self, version: int = 1, content: bytes = b"content") -> dict[str, Content]:
        sha256 = hashlib.sha256(content).hexdigest()
        target = Target("statement.json", sha256, len(content))
        return {**self.lists(version, [target]), target.path: content}

    def known(self, **versions: int) -> Known:
        return Known(self.root_files[0], b"", versions)


@pytest.fixture
def ours() -> Publisher:
    return Publisher()


def checked(files: dict[str, Content], known: Known, folder: Path) -> Checked:
    with open_publication(write_folder(files, folder / "p")) as opened:
        found = check(opened, known)
        for target in found.targets.values():
            opened.content(target)
            opened.check(target)
        return found


def test_a_publication_is_believed_from_a_file_and_from_a_folder(ours: Publisher, tmp_path: Path) -> None:
    path, sha256 = write_file(ours.whole(), tmp_path)
    assert path.name == f"{sha256}.publication"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    assert write_file(ours.whole(), tmp_path) == (path, sha256)
    with open_publication(path) as opened:
        found = check(opened, ours.known())
        assert opened.content(found.targets["statement.json"]) == b"content"
    assert checked(ours.whole(), ours.known(), tmp_path).targets == found.targets
    assert (found.version, found.made, found.expires) == (1, NOW, NOW + LASTS)
    assert looks_like_one(path)
    assert not looks_like_one(tmp_path / "nothing")


def test_somebody_else_s_signature_counts_for_nothing(ours: Publisher, tmp_path: Path) -> None:
    thief = Publisher()
    forged = {**thief.whole(), root_name(1): ours.root_files[0]}
    with pytest.raises(Refusal, match=r"packs\.forged_publication"):
        checked(forged, ours.known(), tmp_path)
    with pytest.raises(Refusal, match=r"packs\.publication_of_other"):
        checked(thief.whole(), ours.known(), tmp_path)


def test_the_device_key_alone_moves_no_root(ours: Publisher, tmp_path: Path) -> None:
    thief = make_device_key()
    one = next_root(ours.root_files[0], ours.roots[:2], thief.public, NOW)
    lame = json.loads(one)
    lame["signatures"] = lame["signatures"][:1]
    for root in (
        json.dumps(lame).encode(),
        json.dumps({**lame, "signatures": lame["signatures"] * 2}).encode(),
        first_root([make_root_key() for _ in range(3)], thief.public, NOW),
    ):
        files = {**ours.whole(), root_name(2): root}
        with pytest.raises(Refusal, match=r"packs\.forged_publication"):
            checked(files, ours.known(), tmp_path)


def test_two_of_three_root_keys_move_the_root_and_one_does_not(ours: Publisher) -> None:
    device = make_device_key()
    for some in (ours.roots[:2], ours.roots[1:], [ours.roots[0], ours.roots[2]], ours.roots):
        root = next_root(ours.root_files[0], some, device.public, NOW)
        assert follows(ours.root_files[0], root, device.public)
        assert publisher(read_root(root).signed) == device.public
        assert not follows(ours.root_files[0], root, ours.device.public)
        assert not follows(root, root, device.public)
    for some in ([], ours.roots[:1], [ours.roots[0]] * 3, [ours.roots[0], make_root_key()]):
        with pytest.raises(Refusal, match=r"packs\.too_few_root_keys"):
            next_root(ours.root_files[0], some, device.public, NOW)


def test_roots_are_followed_one_after_the_other_and_none_is_skipped(ours: Publisher, tmp_path: Path) -> None:
    known = ours.known()
    for _ in range(3):
        ours.device = make_device_key()
        ours.root_files.append(next_root(ours.root_files[-1], ours.roots[:2], ours.device.public, NOW))
    found = checked(ours.whole(), known, tmp_path)
    assert (found.root_version, found.is_other, found.publisher) == (4, True, ours.device.public)
    holes = ours.whole()
    del holes[root_name(3)]
    with pytest.raises(Refusal, match=r"packs\.forged_publication"):
        checked(holes, known, tmp_path / "holes")


def test_another_key_begins_to_count_anew(ours: Publisher, tmp_path: Path) -> None:
    known = ours.known(timestamp=57, snapshot=57, targets=57)
    ours.device = make_device_key()
    ours.root_files.append(next_root(ours.root_files[0], ours.roots[:2], ours.device.public, NOW))
    assert checked(ours.whole(1), known, tmp_path).version == 1


@pytest.mark.parametrize("role", ["timestamp", "snapshot", "targets"])
def test_what_is_older_than_what_is_known_is_refused(ours: Publisher, tmp_path: Path, role: str) -> None:
    with pytest.raises(Refusal, match=r"packs\.old_publication"):
        checked(ours.whole(3), ours.known(**{role: 4}), tmp_path)


def test_what_was_published_under_an_earlier_root_is_old_and_not_forged(ours: Publisher, tmp_path: Path) -> None:
    before = ours.whole(57)
    strangers = Publisher().whole(57)
    ours.device = make_device_key()
    for _ in range(2):
        ours.root_files.append(next_root(ours.root_files[-1], ours.roots[:2], ours.device.public, NOW))
    timestamp = ours.whole(1)["timestamp.json"]
    assert isinstance(timestamp, bytes)
    known = Known(ours.root_files[-1], timestamp, {"timestamp": 1})
    with pytest.raises(Refusal, match=r"packs\.earlier_publication"):
        checked(before, known, tmp_path)
    with pytest.raises(Refusal, match=r"packs\.forged_publication"):
        checked(strangers, known, tmp_path / "strangers")
    with pytest.raises(Refusal, match=r"packs\.forged_publication"):
        checked(before, replace(known, timestamp=b""), tmp_path / "unheard")
    body = before["timestamp.json"]
    assert isinstance(body, bytes)
    with pytest.raises(Refusal, match=r"packs\.forged_publication"):
        checked({**before, "timestamp.json": body.replace(b'"version":57', b'"version":58')}, known, tmp_path / "other")


def test_a_publication_says_how_new_it_is_before_it_is_believed(ours: Publisher, tmp_path: Path) -> None:
    assert said_number(write_file(ours.whole(3), tmp_path)[0]) == (1, 3)
    ours.root_files.append(next_root(ours.root_files[0], ours.roots[:2], ours.device.public, NOW))
    assert said_number(write_folder(ours.whole(2), tmp_path / "two")) == (2, 2)
    (tmp_path / "no.publication").write_bytes(b"no zip")
    assert said_number(tmp_path / "no.publication") == (0, 0)
    assert said_number(write_file({"timestamp.json": b"[]"}, tmp_path)[0]) == (0, 0)
    assert said_number(tmp_path / "gone.publication") == (0, 0)


def test_two_publications_of_one_number_are_not_both_believed(ours: Publisher, tmp_path: Path) -> None:
    found = checked(ours.whole(3), ours.known(), tmp_path)
    known = replace(ours.known(timestamp=3, snapshot=3, targets=3), timestamp=found.timestamp)
    assert checked(ours.whole(3), known, tmp_path).version == 3
    with pytest.raises(Refusal, match=r"packs\.forged_publication"):
        checked(ours.whole(3, b"something else"), known, tmp_path / "other")


def test_parts_of_two_make_none(ours: Publisher, tmp_path: Path) -> None:
    one, two = ours.whole(1, b"one"), ours.whole(2, b"two")
    mixed = {**two, "2.targets.json": one["1.targets.json"]}
    for files in (
        mixed,
        {**two, "2.snapshot.json": one["1.snapshot.json"]},
        {**two, "2.snapshot.json": two["2.targets.json"]},
        {**two, "timestamp.json": two["2.snapshot.json"]},
    ):
        with pytest.raises(Refusal, match=r"packs\.(forged_publication|publication_incomplete)"):
            checked(files, ours.known(), tmp_path / str(random.random()))


def test_every_changed_byte_is_noticed(ours: Publisher, tmp_path: Path) -> None:
    path, _ = write_file(ours.whole(), tmp_path)
    data = path.read_bytes()
    believed = _content(path, ours.known())
    chance = random.Random(7)
    hurt = tmp_path / "hurt.publication"
    for at in sorted(chance.sample(range(len(data)), 500)):
        hurt.write_bytes(data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :])
        try:
            assert _content(hurt, ours.known()) == believed
        except GembaError:
            continue
    for cut in sorted(chance.sample(range(len(data)), 100)):
        hurt.write_bytes(data[:cut])
        with pytest.raises(GembaError):
            _content(hurt, ours.known())


def _content(path: Path, known: Known) -> tuple[bytes, int]:
    with open_publication(path) as opened:
        found = check(opened, known)
        return opened.content(found.targets["statement.json"]), found.version


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_anything_may_stand_in_the_lists_and_only_ours_is_believed(data: bytes) -> None:
    import tempfile

    ours = Publisher()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("timestamp.json", "1.snapshot.json", "1.targets.json", "2.root.json"):
            files = {**ours.whole(), name: data}
            with pytest.raises(Refusal):
                checked(files, ours.known(), Path(folder))


def test_nested_lists_exhaust_nothing(ours: Publisher, tmp_path: Path) -> None:
    for bomb in (b"[" * 200_000, b'{"a":' * 100_000, b'{"signatures":[],"signed":' + b"[" * 90_000):
        with pytest.raises(Refusal):
            checked({**ours.whole(), "timestamp.json": bomb}, ours.known(), tmp_path)


def test_odd_zips_are_no_publications(ours: Publisher, tmp_path: Path) -> None:
    def made(name: str, compression: int, extra: str) -> Path:
        path = tmp_path / f"{name}.publication"
        with zipfile.ZipFile(path, "w", compression) as zipped:
            for file, content in ours.whole().items():
                assert isinstance(content, bytes)
                zipped.writestr(file, content)
            if extra:
                zipped.writestr(extra, b"x")
        return path

    good = made("good", zipfile.ZIP_STORED, "")
    assert _content(good, ours.known())
    bad = [made("packed", zipfile.ZIP_DEFLATED, "")]
    bad += [made(f"n{n}", zipfile.ZIP_STORED, x) for n, x in enumerate(("../x", "/x", "targets/../x", "x", "a\\b"))]
    (tmp_path / "text.publication").write_bytes(b"no zip")
    for path in (*bad, tmp_path / "text.publication"):
        with pytest.raises(Refusal, match=r"packs\.not_a_publication"), open_publication(path):
            pass


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited so on Linux alone")
def test_a_device_without_an_end_is_no_publication() -> None:
    program = """
import resource
from pathlib import Path
from gemba.errors import Refusal
from gemba.packs.publication_reading import looks_like_one, open_publication
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
assert not looks_like_one(Path("/dev/zero"))
try:
    with open_publication(Path("/dev/zero")):
        pass
except Refusal as refused:
    print(refused.code)
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert said.stdout == "packs.not_a_publication\n", said.stderr


def test_a_target_that_is_not_what_the_list_says_is_not_given_out(ours: Publisher, tmp_path: Path) -> None:
    files = ours.whole()
    [path] = [name for name in files if name.startswith("targets/")]
    for content in (b"", b"contenT", b"content and more"):
        (tmp_path / "p").mkdir(exist_ok=True)
        folder = write_folder(ours.whole(), tmp_path / "p")
        (folder / path).write_bytes(content)
        with open_publication(folder) as opened:
            [target] = check(opened, ours.known()).targets.values()
            with pytest.raises(Refusal, match=r"packs\.publication_incomplete"):
                opened.content(target)
            with pytest.raises(Refusal, match=r"packs\.publication_incomplete"):
                opened.copy(target, tmp_path / "copy")
        assert not (tmp_path / "copy").exists()


def test_what_has_expired_is_believed_and_says_when(ours: Publisher, tmp_path: Path) -> None:
    long_ago = NOW - timedelta(days=4000)
    files = {**ours.lists(1, [], long_ago)}
    assert checked(files, ours.known(), tmp_path).expires == long_ago + LASTS


def test_root_keys_come_back_from_paper() -> None:
    secret = make_root_key()
    assert read_root_key(spell_root_key(secret, "Root key 1 of 3\nKeep it apart.")) == secret
    for wrong in ("", "GEMBA-ROOT-KEY-12", secret.hex()):
        with pytest.raises(Refusal, match=r"packs\.not_a_root_key"):
            read_root_key(wrong)


def test_words_come_back_and_only_to_whom_they_are_sealed() -> None:
    from gemba.packs.identity import make_age_identity, recipient_of

    mine, other = make_age_identity(), make_age_identity()
    letter = ForLaptop(audience=(other,), receipts=("{}",), resend=(("0001-00000000", 3, 4),))
    sealed = seal(write(letter), [recipient_of(mine)])
    opened = unseal(sealed, [mine])
    assert opened is not None
    assert read(ForLaptop, opened) == letter
    assert unseal(sealed, [other]) is None
    assert unseal(b"nonsense", [mine]) is None
    for kind in (Statement, Devices, ForLaptop):
        for wrong in (b"", b"[]", b"{", b"[" * 100_000, b'{"format":1}'):
            with pytest.raises(Refusal):
                read(kind, wrong)
    with pytest.raises(Refusal, match=r"packs\.newer_format"):
        read(ForLaptop, b'{"format":"gemba-publication v2"}')


def test_lists_are_read_again_as_they_were_written(ours: Publisher) -> None:
    target = Target("packs/x", "0" * 64, 3, {"for": "all", "to": "age1"})
    lists = ours.lists(1, [target])
    body = lists["1.targets.json"]
    assert isinstance(body, bytes)
    assert list(read_targets(body).values()) == [target]
