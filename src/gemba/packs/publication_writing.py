"""Write a publication: its signed lists, and the files, as one zip or as a folder."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from gemba.packs import publication
from gemba.packs.part_file import disk_trouble, part_file, publish, reread, settle
from gemba.packs.publication import SUFFIX, TIMESTAMP, Target
from gemba.packs.publication_root import sign_metadata
from gemba.packs.streams import HashedReader

if TYPE_CHECKING:
    from tuf.api.metadata import Signed

LASTS = timedelta(days=90)
"""How long a publication is meant to be the newest; a laptop warns afterwards, and goes on."""

Content = bytes | Path
"""Content of a file, or where it lies."""


def make_lists(
    version: int, targets: Iterable[Target], now: datetime, public: bytes, sign: Callable[[bytes], bytes]
) -> dict[str, bytes]:
    """The signed lists of a publication, by file name.

    Args:
        version: one more than that of the publication before.
        targets: all its files.
        now: when it is made.
        public: headquarters' device key, 32 bytes.
        sign: signs with it.
    """
    from tuf.api.metadata import MetaFile, Snapshot, TargetFile, Targets, Timestamp

    expires = now.replace(microsecond=0) + LASTS

    def signed(said: Signed) -> bytes:
        return sign_metadata(said, [(public, sign)])

    listed = {
        one.name: TargetFile(
            one.size, {"sha256": one.sha256}, one.name, {"custom": dict(one.said)} if one.said else None
        )
        for one in sorted(targets, key=lambda one: one.name)
    }
    files = {f"{version}.targets.json": signed(Targets(version=version, expires=expires, targets=listed))}
    meta = MetaFile.from_data(version, files[f"{version}.targets.json"], ["sha256"])
    snapshot = Snapshot(version=version, expires=expires, meta={"targets.json": meta})
    files[f"{version}.snapshot.json"] = signed(snapshot)
    meta = MetaFile.from_data(version, files[f"{version}.snapshot.json"], ["sha256"])
    files[TIMESTAMP] = signed(Timestamp(version=version, expires=expires, snapshot_meta=meta))
    return files


def write_file(files: Mapping[str, Content], out_dir: Path) -> tuple[Path, str]:
    """Write a publication as one file named after its hash; nothing remains there when it fails.

    Returns:
        The file, and its SHA-256. The same publication gives the same bytes.

    Raises:
        Trouble: `packs.no_room`, `packs.read_only`, `packs.folder_gone`.
    """
    about = sum(map(_size, files.values())) + 400 * len(files)
    with part_file(out_dir, f"writing{SUFFIX}", about) as (part, file):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as zipped:
            for name in sorted(files):
                _add(zipped, name, files[name])
        settle(file)
        file.close()
        with reread(part) as written:
            hashed = HashedReader(written, part)
            sha256 = hashed.sha256()
        final = out_dir / f"{sha256}{SUFFIX}"
        publish(part, final)
    return final, sha256


def write_folder(files: Mapping[str, Content], out_dir: Path) -> Path:
    """Write a publication into a folder, over the one before: the new files first, the timestamp last.

    Raises:
        Trouble: as `write_file`.
    """
    with disk_trouble(out_dir, sum(map(_size, files.values()))):
        (out_dir / "targets").mkdir(parents=True, exist_ok=True)
        for name in sorted(files, key=lambda name: name == TIMESTAMP):
            _write(out_dir / name, files[name])
        for old in [*out_dir.glob("*.json"), *(out_dir / "targets").iterdir()]:
            name = old.relative_to(out_dir).as_posix()
            if name not in files and publication.is_name(name):
                with suppress(OSError):
                    old.unlink()
    return out_dir


def _write(target: Path, content: Content) -> None:
    if target.is_file() and target.parent.name == "targets" and target.stat().st_size == _size(content):
        return  # named after its hash; whoever takes it in checks that
    part = target.with_name(target.name + ".part")
    with part.open("wb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            with content.open("rb") as source:
                shutil.copyfileobj(source, file, 1 << 20)
        settle(file)
    publish(part, target)


def _add(zipped: zipfile.ZipFile, name: str, content: Content) -> None:
    told = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    told.create_system, told.external_attr = 0, 0
    told.file_size = _size(content)
    with zipped.open(told, "w") as member:
        if isinstance(content, bytes):
            member.write(content)
            return
        with content.open("rb") as source:
            shutil.copyfileobj(source, member, 1 << 20)


def _size(content: Content) -> int:
    return len(content) if isinstance(content, bytes) else content.stat().st_size
