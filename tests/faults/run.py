"""All fault suites at the size of a night: `uv run python tests/faults/run.py --long`; `--part NAME` runs one of them.

Each part prints one line with its figures, and its stories when something was lost; the exit code tells the rest.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.faults import power_cuts, shaky
from tests.faults.full_merge import fill_while_merging
from tests.faults.kills import Killer
from tests.faults.scene import build
from tests.store.conftest import KEY, Records, Time

from gemba.store import opening

Part = Callable[[Path, bool], tuple[str, list[str]]]


def power(work: Path, long: bool) -> tuple[str, list[str]]:
    """Power cuts while answering, on the encrypted store."""
    tally = _power(work / "full", "FULL", cuts=3000 if long else 100, answers=900 if long else 60)
    return tally.told(), tally.stories


def power_control(work: Path, long: bool) -> tuple[str, list[str]]:
    """The same with a database that does not sync: the recorder must find losses."""
    tally = _power(work / "normal", "NORMAL", cuts=600 if long else 50, answers=300 if long else 60)
    return f"control without syncs: {tally.told()}", [] if tally.lost_answers else ["the recorder found nothing"]


def _power(work: Path, synchronous: str, *, cuts: int, answers: int) -> power_cuts.Tally:
    records = Records(Time())
    (work / "disk").mkdir(parents=True)
    store = opening.create(work / "disk" / "store", KEY, clock=records.time, device_name="Laptop", reserve=0)
    draft = records.begin(store)
    store.close()
    shutil.copytree(work / "disk", work / "before")
    events = power_cuts.record_answering(
        work, work / "disk" / "store", KEY, records.person.uid, draft.uid, answers, synchronous
    )
    look = power_cuts.look_for_answers(KEY)
    seed = random.SystemRandom().getrandbits(32)
    print(f"seed {seed}, {len(events)} events", flush=True)
    return power_cuts.cut_often(work / "before", work / "disk", events, cuts, seed, look)


KILLS = {
    "merge": 350,
    "migrate": 280,
    "rekey": 280,
    "restore": 280,
    "erase": 280,
    "encrypt": 140,
    "backup": 210,
    "seal": 210,
    "export": 210,
    "photos": 420,
    "answer": 560,
}
"""How often each deed is tried in the long run; some three of four are killed before they are done."""


def kills(work: Path, long: bool, only: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    """kill -9 over everything that a store goes through, or over some deeds only."""
    seed = random.SystemRandom().getrandbits(32)
    print(f"seed {seed}", flush=True)
    killer = Killer(build(work / "scene"), work)
    found = []
    for deed, count in KILLS.items() if not only else [(one, KILLS[one]) for one in only]:
        found.append(killer.kill_often(deed, count if long else 5, random.Random(seed)))
        print(f"  {found[-1].told()}", flush=True)
    killer.close()
    words = (
        f"{sum(one.kills for one in found)} kills, {sum(one.acknowledged for one in found)} acknowledged, "
        f"{sum(one.lost for one in found)} lost, {sum(one.corrupt for one in found)} corrupt, "
        f"slowest start {max(one.slowest for one in found):.2f} s of work"
    )
    return words, [story for one in found for story in one.stories]


def full_disk(work: Path, long: bool) -> tuple[str, list[str]]:
    """Disks that become full at every write of answering, export, sealing and backup."""
    seed = random.SystemRandom().getrandbits(32)
    print(f"seed {seed}", flush=True)
    tally = shaky.fill_disks(build(work / "scene"), work, 60 if long else 3, random.Random(seed))
    return tally.words(), tally.stories


def full_merge(work: Path, long: bool) -> tuple[str, list[str]]:
    """Headquarters' disk becomes full at every write of a merge."""
    rooms = range(0, 4_000_000, 20_000 if long else 400_000)
    tally = fill_while_merging(build(work / "scene"), work, rooms)
    return tally.words(), tally.stories


def calls(work: Path, long: bool) -> tuple[str, list[str]]:
    """Four in a thousand calls to the system fail."""
    tally = shaky.fail_calls(build(work / "scene"), work, 100 if long else 3)
    for note in sorted(set(tally.notes))[:20]:
        print(f"  without a sentence: {note}", flush=True)
    return tally.words(), tally.stories


PARTS: dict[str, Part] = {
    "power": power,
    "power-control": power_control,
    "kills": kills,
    "full-disk": full_disk,
    "full-merge": full_merge,
    "calls": calls,
}


def main() -> int:
    """Run what was asked for; 1 when anything was lost."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--long", action="store_true", help="the size of a night")
    asked.add_argument("--part", action="append", choices=sorted(PARTS), help="only this part; may be repeated")
    asked.add_argument("--deed", action="append", choices=sorted(KILLS), help="of the kills only these")
    wishes = asked.parse_args()
    PARTS["kills"] = partial(kills, only=tuple(wishes.deed or ()))
    bad = 0
    for name in wishes.part or PARTS:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="gemba-faults-") as work:
            words, stories = PARTS[name](Path(work), wishes.long)
        print(f"{name}: {words} ({time.monotonic() - begun:.0f} s)", flush=True)
        for story in stories[:20]:
            print(f"  {story}", flush=True)
        bad += bool(stories)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
