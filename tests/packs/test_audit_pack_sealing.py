"""Audit packs as files: the same bytes each time, proven by gemba-verify, valid bags, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import bagit
import pyrage
import pytest

from gemba import gemba_verify
from gemba.errors import Refusal
from gemba.packs import audit_pack_paths as paths
from gemba.packs.audit_pack_sealing import AuditPackRequest, write, zip_size
from gemba.packs.audit_pack_spool import Spool
from gemba.packs.identity import DeviceKey

KEY = DeviceKey(bytes(range(32)))
WHEN = datetime(2026, 9, 30, 17, 5, tzinfo=UTC)


def request(spool: Spool, recipients: tuple[str, ...] = (), **files: bytes) -> AuditPackRequest:
    payload = {paths.COMPLETENESS: b"{}", "data/evidence/A-1-01.jpg": b"photo" * 1000, "data/tables/answers.csv": b"a"}
    payload |= {path.replace("__", "/"): content for path, content in files.items()}
    return AuditPackRequest(
        spool=spool,
        people={name: spool.add([name.encode()]) for name in paths.FOR_PEOPLE},
        payload={path: spool.add([content]) for path, content in payload.items()},
        as_of=WHEN,
        assessments=1,
        public_key=KEY.public,
        sign=KEY.sign,
        recipients=recipients,
        program="Gemba 0.1.0",
    )


@pytest.fixture
def spool(tmp_path: Path):
    made = Spool(tmp_path)
    yield made
    made.close()


@pytest.fixture
def pack(spool: Spool, tmp_path: Path) -> Path:
    return write(request(spool), tmp_path / "pack.zip").path


def test_the_same_files_give_the_same_bytes(spool: Spool, tmp_path: Path) -> None:
    one, two = write(request(spool), tmp_path / "1.zip"), write(request(spool), tmp_path / "2.zip")
    assert one.path.read_bytes() == two.path.read_bytes()
    assert (one.sha256, one.pack_id) == (two.sha256, two.pack_id) == (one.inner_sha256, two.pack_id)
    assert one.size == zip_size(request(spool))


def test_other_files_make_another_pack(spool: Spool, tmp_path: Path) -> None:
    one = write(request(spool), tmp_path / "1.zip")
    two = write(request(spool, data__tables__more=b""), tmp_path / "2.zip")
    assert one.pack_id != two.pack_id


def test_a_stranger_with_usual_programs_reads_and_checks_it(pack: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pack) as opened:
        assert opened.testzip() is None
        opened.extractall(tmp_path / "bag")
    assert bagit.Bag(str(tmp_path / "bag")).is_valid()
    for manifest in (paths.MANIFEST, paths.TAG_MANIFEST):
        subprocess.run(["sha256sum", "--check", "--quiet", manifest], cwd=tmp_path / "bag", check=True)


def test_the_verifier_proves_it_alone(pack: Path) -> None:
    script = Path(gemba_verify.__file__)
    run = subprocess.run([sys.executable, "-I", script, pack, "--json"], capture_output=True, text=True, check=False)
    said = json.loads(run.stdout)
    assert (run.returncode, said["level"], said["format"]) == (0, "whole", "gemba-audit-pack v1")
    assert said["bag_info"]["Device-Id"] == KEY.id
    assert said["bag_info"]["As-Of"] == "2026-09-30T17:05:00Z"


def test_sealed_it_opens_for_its_recipient_only_and_holds_the_same_each_time(spool: Spool, tmp_path: Path) -> None:
    identity, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    to = (str(identity.to_public()),)
    one, two = write(request(spool, to), tmp_path), write(request(spool, to), tmp_path / "again.zip.age")
    assert one.path.name == f"audit-pack-{one.pack_id[:8]}.zip.age"
    assert one.sha256 != two.sha256
    assert one.inner_sha256 == two.inner_sha256
    inner = pyrage.decrypt(one.path.read_bytes(), [identity])
    assert hashlib.sha256(inner).hexdigest() == one.inner_sha256
    (tmp_path / "key").write_text(str(identity))
    (tmp_path / "other").write_text(str(other))
    said = gemba_verify.verify(one.path, tmp_path / "key")
    assert (said["level"], said["bag_info"]["Recipient"]) == ("whole", list(to))
    with pytest.raises(gemba_verify.NotRead, match="somebody else"):
        gemba_verify.verify(one.path, tmp_path / "other")
    with pytest.raises(gemba_verify.NotRead, match="without a key nothing else"):
        gemba_verify.verify(one.path)


def test_a_seal_that_was_taken_off_is_told(spool: Spool, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    sealed = write(request(spool, (str(identity.to_public()),)), tmp_path)
    (tmp_path / "inner.zip").write_bytes(pyrage.decrypt(sealed.path.read_bytes(), [identity]))
    assert any("seal was taken off" in one for one in gemba_verify.verify(tmp_path / "inner.zip")["sentences"])


def test_no_single_changed_byte_goes_through(pack: Path, tmp_path: Path) -> None:
    data = pack.read_bytes()
    changed = tmp_path / "changed.zip"
    for at in [*range(0, 3000, 3), *range(3000, len(data), 37)]:
        changed.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(gemba_verify.NotWhole):
            gemba_verify.verify(changed)


def test_no_cut_goes_through(pack: Path, tmp_path: Path) -> None:
    data = pack.read_bytes()
    for end in range(0, len(data), 61):
        (tmp_path / "cut.zip").write_bytes(data[:end])
        with pytest.raises(gemba_verify.NotWhole):
            gemba_verify.verify(tmp_path / "cut.zip")
    (tmp_path / "long.zip").write_bytes(data + b"\0")
    with pytest.raises(gemba_verify.NotWhole):
        gemba_verify.verify(tmp_path / "long.zip")


def rebuilt(pack: Path, **changes: bytes | None) -> bytes:
    """The zip as an honest zip program writes it again, with other content."""
    out = BytesIO()
    with zipfile.ZipFile(pack) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = changes.get(name, source.read(name))
            if content is not None:
                info = zipfile.ZipInfo(name)
                info.create_system, info.create_version = 0, 20
                target.writestr(info, content)
                info.external_attr = 0
    return out.getvalue()


def test_rebuilt_without_a_change_it_is_the_same(pack: Path) -> None:
    assert rebuilt(pack) == pack.read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("binder.pdf", b"another binder", "altered"),
        ("data/evidence/A-1-01.jpg", b"another photo", "altered"),
        ("completeness.txt", b"nothing is missing", "altered"),
        ("binder.pdf", None, "misplaced"),
        ("data/tables/answers.csv", None, "misplaced"),
        ("tagmanifest-sha256.txt.sig", b"{}", "bad_signature"),
    ],
)
def test_what_was_exchanged_is_told(pack: Path, tmp_path: Path, name: str, content: bytes | None, code: str) -> None:
    (tmp_path / "bad.zip").write_bytes(rebuilt(pack, **{name: content}))
    with pytest.raises(gemba_verify.NotWhole) as told:
        gemba_verify.verify(tmp_path / "bad.zip")
    assert told.value.code in {code, "bomb"}


def test_a_stranger_cannot_sign_for_the_device(spool: Spool, tmp_path: Path) -> None:
    stranger = DeviceKey(bytes(32))
    one = request(spool)
    forged = AuditPackRequest(
        spool=spool,
        people=one.people,
        payload=one.payload,
        as_of=WHEN,
        assessments=1,
        public_key=KEY.public,
        sign=stranger.sign,
    )
    with pytest.raises(Exception, match="not_written"):
        write(forged, tmp_path / "forged.zip")
    assert not list(tmp_path.glob("forged*"))


def test_a_newer_format_is_not_called_broken(pack: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(pack) as opened:
        newer = opened.read(paths.INFO).replace(b"audit-pack v1", b"audit-pack v2")
    (tmp_path / "newer.zip").write_bytes(rebuilt(pack, **{paths.INFO: newer}))
    with pytest.raises(gemba_verify.NotRead, match="newer"):
        gemba_verify.verify(tmp_path / "newer.zip")


@pytest.mark.parametrize(
    "name", ["data/evidence/../x", "data/evidence/CON.jpg", "data/x", "evidence/x", "data/tables/é"]
)
def test_names_that_lead_astray_are_not_written(spool: Spool, tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match="bad_document"):
        write(request(spool, **{name: b""}), tmp_path / "x.zip")


def test_called_off_it_leaves_nothing_behind(spool: Spool, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    for recipients in ((), (str(pyrage.x25519.Identity.generate().to_public()),)):
        with pytest.raises(KeyboardInterrupt):
            write(request(spool, recipients), tmp_path / "x.zip", stop)
    assert not list(tmp_path.glob("x.zip*"))


@pytest.mark.parametrize(
    ("name", "fitted"), [("Señal ñ.csv", "Se-al-.csv"), ("..", "file"), ("con", "file-con"), ("a/b\\c", "a-b-c")]
)
def test_names_are_made_fitting(name: str, fitted: str) -> None:
    assert paths.fitting(name) == fitted
    assert paths.is_payload(f"data/tables/{fitted}")
