"""Whether a publication is headquarters' own, whole, and not older than what is known already.

The steps are those of TUF's client workflow (specification 1.0, section 5.3 to 5.6) with one difference: what has
expired is believed all the same, and that is told. A laptop in the field has no way to a fresh one, and its work must
not wait for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar, cast

from gemba.errors import Refusal
from gemba.packs.publication import LARGEST_METADATA, TIMESTAMP, Target, root_name
from gemba.packs.publication_reading import Opened
from gemba.packs.publication_root import publisher, read_root
from gemba.packs.publication_writing import LASTS

if TYPE_CHECKING:
    from tuf.api.metadata import MetaFile, Root, Snapshot, Targets, Timestamp

    S = TypeVar("S", Timestamp, Snapshot, Targets)

LARGEST_ROOT = 1 << 20
MOST_ROOTS = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """What a laptop believed last.

    Args:
        root: the root metadata.
        timestamp: the timestamp metadata, if any was believed.
        versions: of timestamp, snapshot and targets, by role.
    """

    root: bytes
    timestamp: bytes
    versions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Checked:
    """A publication whose lists are believed; its files are compared with them when they are read.

    Args:
        root: the newest root metadata, with its version.
        root_version: of that.
        publisher: public key (32 bytes) of the headquarters that publishes.
        is_other: another key publishes than by the root that was known.
        version: of the publication.
        timestamp: its timestamp metadata.
        made: when it was made.
        expires: when its first list expires.
        targets: its files by name.
    """

    root: bytes
    root_version: int
    publisher: bytes
    is_other: bool
    version: int
    timestamp: bytes
    made: datetime
    expires: datetime
    targets: Mapping[str, Target]

    @property
    def timestamp_sha256(self) -> str:
        """Hash of the timestamp metadata."""
        return hashlib.sha256(self.timestamp).hexdigest()


def check(opened: Opened, known: Known) -> Checked:
    """Follow the roots, then check timestamp, snapshot and targets against them and against what is known.

    Raises:
        Refusal: `packs.publication_of_other` when it is of another headquarters, `packs.forged_publication`,
            `packs.old_publication` or `packs.earlier_publication` when something newer is known,
            `packs.publication_incomplete`.
    """
    from tuf.api.metadata import Snapshot, Targets, Timestamp

    _demand_no_earlier_root(opened, known)
    before, (root_body, root) = read_root(known.root).signed, _follow(opened, known.root)
    is_other = publisher(root) != publisher(before)
    versions = {} if is_other else known.versions
    timestamp_body = opened.read(TIMESTAMP, LARGEST_METADATA)
    timestamp = _signed(Timestamp, timestamp_body, root)
    _demand_not_older(timestamp.version, versions.get("timestamp", 0))
    if timestamp.version == versions.get("timestamp", 0) and timestamp_body != known.timestamp:
        raise Refusal("packs.forged_publication")  # two publications of one number
    snapshot_meta = timestamp.snapshot_meta
    _demand_not_older(snapshot_meta.version, versions.get("snapshot", 0))
    snapshot = _listed(Snapshot, opened, f"{snapshot_meta.version}.snapshot.json", snapshot_meta, root)
    targets_meta = snapshot.meta.get("targets.json")
    if targets_meta is None:
        raise Refusal("packs.forged_publication")
    _demand_not_older(targets_meta.version, versions.get("targets", 0))
    targets = _listed(Targets, opened, f"{targets_meta.version}.targets.json", targets_meta, root)
    return Checked(
        root=root_body,
        root_version=root.version,
        publisher=publisher(root),
        is_other=is_other,
        version=timestamp.version,
        timestamp=timestamp_body,
        made=timestamp.expires - LASTS,
        expires=min(one.expires for one in (root, timestamp, snapshot, targets)),
        targets=_targets(targets),
    )


def _demand_no_earlier_root(opened: Opened, known: Known) -> None:
    """Tell what was published before the root keys spoke last as old, not as forged.

    Raises:
        Refusal: `packs.earlier_publication`.
    """
    from tuf.api.exceptions import RepositoryError
    from tuf.api.metadata import Timestamp

    root = read_root(known.root)
    last = root.signed.version
    if not known.timestamp or opened.has(root_name(last)) or opened.has(root_name(last + 1)):
        return
    earlier = next((at for at in range(last - 1, max(0, last - MOST_ROOTS), -1) if opened.has(root_name(at))), None)
    if earlier is None:
        return
    before = read_root(opened.read(root_name(earlier), LARGEST_ROOT)).signed
    with suppress(RepositoryError):  # another's: what follows says what is wrong with it
        before.verify_delegate("root", root.signed_bytes, root.signatures)
        _signed(Timestamp, opened.read(TIMESTAMP, LARGEST_METADATA), before)
        raise Refusal("packs.earlier_publication", file=opened.name)


def _follow(opened: Opened, known: bytes) -> tuple[bytes, Root]:
    """The newest root that is signed, one after the other, from the known one on."""
    from tuf.api.exceptions import RepositoryError

    body, metadata = known, read_root(known)
    same = root_name(metadata.signed.version)
    if opened.has(same) and opened.read(same, LARGEST_ROOT) != known:
        raise Refusal("packs.publication_of_other", file=opened.name)
    for version in range(metadata.signed.version + 1, metadata.signed.version + 1 + MOST_ROOTS):
        if not opened.has(root_name(version)):
            break
        body = opened.read(root_name(version), LARGEST_ROOT)
        following = read_root(body)
        try:
            metadata.signed.verify_delegate("root", following.signed_bytes, following.signatures)
        except RepositoryError as error:
            raise Refusal("packs.forged_publication") from error
        if following.signed.version != version:
            raise Refusal("packs.forged_publication")
        metadata = following
    return body, metadata.signed


def _signed(kind: type[S], body: bytes, root: Root) -> S:
    from tuf.api.exceptions import RepositoryError
    from tuf.api.metadata import Metadata

    try:
        metadata = Metadata[kind].from_bytes(body)  # type: ignore[valid-type]
        if metadata.signed.type != kind.type:
            raise Refusal("packs.forged_publication")
        root.verify_delegate(kind.type, metadata.signed_bytes, metadata.signatures)
    except (RepositoryError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal("packs.forged_publication") from error
    return cast("S", metadata.signed)


def _listed(kind: type[S], opened: Opened, name: str, meta: MetaFile, root: Root) -> S:
    """Metadata that is just what the one above it says: its bytes and its version."""
    from tuf.api.exceptions import RepositoryError

    body = opened.read(name, LARGEST_METADATA)
    if not meta.hashes:
        raise Refusal("packs.forged_publication")
    try:
        meta.verify_length_and_hashes(body)
    except RepositoryError as error:
        raise Refusal("packs.forged_publication") from error
    signed = _signed(kind, body, root)
    if signed.version != meta.version:
        raise Refusal("packs.forged_publication")
    return signed


def _demand_not_older(version: int, known: int) -> None:
    if version < known:
        raise Refusal("packs.old_publication", version=version, known=known)


def read_targets(body: bytes) -> dict[str, Target]:
    """The files that targets metadata lists, as whoever signed it reads it again."""
    from tuf.api.metadata import Metadata, Targets

    return _targets(Metadata[Targets].from_bytes(body).signed)


def _targets(targets: Targets) -> dict[str, Target]:
    found: dict[str, Target] = {}
    for name, one in targets.targets.items():
        sha256 = one.hashes.get("sha256", "")
        custom = one.custom if isinstance(one.custom, dict) else {}
        said = {str(key): str(value) for key, value in custom.items()}
        found[name] = Target(name, sha256, one.length, said)
    return found
