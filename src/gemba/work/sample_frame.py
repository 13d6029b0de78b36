"""The frame of a sample: frozen as kept bytes, one decision a line, and the draw that anybody can repeat from them.

`docs/sampling.md` tells the algorithm so that it can be repeated without this program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.domain.samples import SamplingMethod
from gemba.errors import Refusal
from gemba.methods import chance
from gemba.methods.sampling.frame import draw_sample, draw_stratified, freeze_frame
from gemba.store import sample_frames
from gemba.store.reading import Reader
from gemba.store.sample_frames import Scope
from gemba.work.goals_in_force import lineage
from gemba.work.sample_plan import STRATIFIED, Told, double_count, sizes

ALGORITHM = f"sample-1 {chance.ALGORITHM}"
"""How strata, order and the double share follow from frame, seed and settings; a change of it is a new name."""


_LINE = b"\t\n"
_OTHERS = bytes(set(range(256)) - set(_LINE))
"""All but what parts a kept frame: without them only a tab and a line feed stay of each line."""


class Drawn(msgspec.Struct, frozen=True):
    """What a frame, a seed and settings give."""

    uids: tuple[Uid, ...]
    """In the order in which they are judged."""
    double: frozenset[Uid]
    """Those that two auditors judge."""
    sizes: dict[str, int]
    populations: dict[str, int]
    frame_sha256: str

    def weight(self, stratum: str) -> float:
        """Decisions of the frame that one of a stratum stands for."""
        return self.populations[stratum] / self.sizes[stratum]


def frame_now(reader: Reader, audit: Audit, filters: Mapping[str, str], strata: str) -> dict[Uid, str]:
    """The decisions that an audit's sample would be drawn from now, each with its stratum.

    Raises:
        Refusal: a filter or the strata are not known.
    """
    codes = lineage(reader) if "goal" in filters or strata == "goal" else {}
    meant = {field: tuple(said.split(",")) for field, said in filters.items()}
    if "goal" in meant:
        meant["goal"] = tuple(uid for uid, code in codes.items() if code in meant["goal"])
    scope = Scope(place=audit.place, begins=audit.begins, ends=audit.ends, filters=meant, strata=strata)
    found = sample_frames.frame(reader, scope)
    if strata == "goal":
        return {uid: codes.get(goal, "") for uid, goal in found.items()}
    clean = {said: " ".join(said.split()) for said in set(found.values())}
    odd = any(said != now for said, now in clean.items())
    return {uid: clean[stratum] for uid, stratum in found.items()} if odd else found


def written(frame: Mapping[Uid, str]) -> bytes:
    """A frame as it is kept: sorted by uid; uid, tab, stratum, line feed (UTF-8)."""
    uids = sorted(frame)
    if not any(frame.values()):
        return ("\t\n".join(uids) + "\t\n").encode()
    return "".join([f"{uid}\t{frame[uid]}\n" for uid in uids]).encode()


def read(kept: bytes) -> dict[Uid, str]:
    """A kept frame.

    Raises:
        Refusal: it is none.
    """
    try:
        said = kept.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal("work.bad_frame") from None
    marks = kept.translate(None, _OTHERS)
    if marks != _LINE * (len(marks) // 2) or not (kept.endswith(b"\n") or not kept):
        raise Refusal("work.bad_frame")
    parts = said.replace("\t", "\n").split("\n")
    return dict(zip(parts[::2], parts[1::2], strict=False))  # what comes after the last line feed is nobody's


def draw_from(frame: Mapping[Uid, str], method: SamplingMethod, told: Told, seed: str, double_share: float) -> Drawn:
    """Draw: nothing but what is given here decides what comes of it.

    Raises:
        Refusal: the frame is empty, or the method lacks something.
    """
    frozen = freeze_frame(frame)
    if method in STRATIFIED:
        populations = dict(sorted(Counter(frame.values()).items()))
        wanted = {name: n for name, n in sizes(method, told, populations).items() if n}
        draw = draw_stratified(frozen, frame, wanted, seed)
    else:
        populations = {"": len(frame)}
        wanted = {"": sum(sizes(method, told, populations).values())}
        draw = draw_sample(frozen, wanted[""], seed)
    count = double_count(double_share, len(draw.ids))
    double = chance.Chance(f"{seed}\n\ndouble").sample(draw.ids, count)
    return Drawn(draw.ids, frozenset(double), wanted, populations, frozen.sha256)
