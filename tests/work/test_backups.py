"""Backups by the clock: due, made, proved, rotated, listed, restored; and packs that bring back what was lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import new_uid, reopen

from gemba.domain.assessments import Answer, Assessment
from gemba.errors import Refusal, Trouble
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.store import backup_file, lists, restoring
from gemba.store.backup_copies import BackupCopy
from gemba.store.checking import check
from gemba.store.lists import Query
from gemba.work import backups, conduct, pack_copies
from gemba.work.backup_plan import Plan, believed_now, change_plan, is_due, plan_of, to_drop
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk
from gemba.work.pack_copies import BroughtBack
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in

DAY = timedelta(days=1)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(desk: Desk, clock: Clock) -> Desk:
    """The desk with a clock that can be moved."""
    desk.store.clock = clock
    return msgspec.structs.replace(desk, clock=clock)


def values(desk: Desk) -> set[str]:
    with desk.reader() as reader:
        return {answer.note for answer in reader.find(Answer) if answer.note}


def test_a_backup_is_made_once_a_day_and_none_sooner(timed: Desk, clock: Clock, audit: str, tmp_path: Path) -> None:
    assert backups.make_if_due(timed) is None  # the store is an hour old
    clock.now += DAY
    made = backups.make_if_due(timed)
    assert made is not None
    [file] = made.files
    assert file.parent == tmp_path / "store-backups"
    assert backup_file.read(file).beside
    assert backups.make_if_due(timed) is None
    assert [one.file for one in backups.shown(timed)] == [file]
    change_plan(timed, hours=0)
    clock.now += 100 * DAY
    assert backups.make_if_due(timed) is None


def test_each_of_them_restores_and_files_that_never_change_lie_there_once(
    timed: Desk, clock: Clock, audit: str, tmp_path: Path, queue_photo: bytes
) -> None:
    from gemba.work.attach_evidence import attach

    attach(timed, audit, queue_photo, "queue.jpg")
    files = []
    for number in range(3):
        conduct.note(timed, audit, "/data/x", f"note {number}")
        files += backups.make(timed).files
        clock.now += DAY
    assert sum(file.stat().st_size for file in files) < 3 * (timed.store.folder / "gemba.db").stat().st_size + 100_000
    for number, file in enumerate(files):
        folder = tmp_path / f"again{number}"
        restoring.restore(file, folder)
        again = reopen(folder, timed.store.key, clock)
        assert values(again) == {f"note {number}"}
        assert check(again.store) == []
        again.store.close()


def test_what_is_damaged_beside_is_noticed_and_nothing_is_restored(timed: Desk, audit: str, tmp_path: Path) -> None:
    [file] = backups.make(timed).files
    kept = next((file.parent / "kept").rglob("*.age"))
    good = kept.read_bytes()
    for bad in (good[:-1] + bytes([good[-1] ^ 1]), None):
        kept.unlink() if bad is None else kept.write_bytes(bad)
        with pytest.raises(Trouble, match=r"store\.not_a_backup"):
            restoring.restore(file, tmp_path / "again")
        assert not (tmp_path / "again").exists()
        [file] = backups.make(timed).files  # the next one puts it there again
        assert kept.read_bytes() == good
    restoring.restore(file, tmp_path / "again")


def test_a_file_that_was_damaged_in_the_store_does_not_replace_its_good_copy(timed: Desk, tmp_path: Path) -> None:
    [file] = backups.make(timed).files
    kept = next((file.parent / "kept").rglob("evidence/*/*.age"))
    good = kept.read_bytes()
    own = timed.store.folder / kept.relative_to(file.parent / "kept")
    own.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    backups.make(timed)
    assert kept.read_bytes() == good


def test_old_ones_go_with_what_only_they_had(timed: Desk, clock: Clock, audit: str) -> None:
    [first] = backups.make(timed).files
    folder = first.parent
    stray = folder / "kept" / "evidence" / "ab" / ("ab" * 32 + ".age")
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"of a backup that is gone")
    for _ in range(50):
        clock.now += DAY
        with timed.unit() as unit:
            backups.backup_copies.note(unit, BackupCopy(str(folder / f"{clock.now:%m%d}.backup"), clock.now, None, 1))
        shutil.copyfile(first, folder / f"{clock.now:%m%d}.backup")
    [last] = backups.make(timed).files
    shown = backups.shown(timed)
    assert shown[0].file == last
    assert 7 <= len(shown) <= 12
    assert all(one.here and clock.now - one.made_at <= 35 * DAY for one in shown)
    assert sorted(folder.glob("*.backup")) == sorted(one.file for one in shown)
    assert not stray.exists()
    assert not first.exists()


def test_a_second_medium_gets_them_when_it_is_here(timed: Desk, clock: Clock, audit: str, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    change_plan(timed, second=str(stick))
    made = backups.make(timed)
    assert (len(made.files), made.absent) == (1, (stick,))
    stick.mkdir()
    clock.now += timedelta(minutes=5)
    with_stick = backups.make_if_due(timed)  # its first one may wait for a day since the store was made
    assert with_stick is None
    clock.now += DAY
    due = backups.make_if_due(timed)
    assert due is not None
    assert {file.parent for file in due.files} == {made.files[0].parent, stick}
    restoring.restore(next(file for file in due.files if file.parent == stick), tmp_path / "again")


def test_a_full_or_broken_medium_is_told_and_stops_no_work(timed: Desk, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    change_plan(timed, folder=str(tmp_path / "file"))
    clock.now += 2 * DAY
    made = backups.make_if_due(timed)
    assert made is not None
    assert [error.code for _, error in made.failed] == ["store.no_folder"]


def test_it_can_be_called_off_and_leaves_nothing(timed: Desk, audit: str) -> None:
    class Enough(Exception):
        pass

    def stop(done: int, whole: int) -> None:
        if done > whole / 2:
            raise Enough

    with pytest.raises(Enough):
        backups.make(timed, stop)
    assert not list(timed.store.folder.with_name("store-backups").glob("*.backup*"))
    assert not list((timed.store.folder / "safety").iterdir())
    assert backups.shown(timed) == []


def test_a_plan_that_cannot_be_meant_is_refused(timed: Desk) -> None:
    for wishes in ({"days": 36}, {"daily": 0}, {"hours": -1}, {"hours": 20_000_000}, {"daily": 10**30}):
        with pytest.raises(Refusal, match=r"work\.backup_plan"):
            change_plan(timed, **wishes)
    with pytest.raises(Refusal, match=r"work\.backup_inside"):
        change_plan(timed, folder=str(timed.store.folder / "safety"))
    assert plan_of(timed) == Plan()


def test_hours_that_no_clock_reaches_are_read_as_a_year(timed: Desk) -> None:
    change_plan(timed, hours=8784)
    with timed.unit() as unit:
        unit.set_setting("backups", {"hours": 20_000_000})
    assert plan_of(timed).hours == 8784
    assert backups.make_if_due(timed) is None


@pytest.mark.parametrize("damage", ["plan", "turns"])
def test_a_backup_by_the_clock_that_fails_is_told_and_raised_by_nobody(timed: Desk, clock: Clock, damage: str) -> None:
    if damage == "plan":
        with timed.unit() as unit:
            unit.set_setting("backups", {"hours": "often"})
    else:
        shutil.rmtree(timed.store.folder / "turns", ignore_errors=True)
        (timed.store.folder / "turns").write_text("in the way")
    clock.now += 2 * DAY
    made = backups.make_if_due(timed)
    assert made is not None
    assert [error.code for _, error in made.failed] == ["work.backup_by_clock"]


@given(
    st.lists(st.integers(-3000, 90_000), min_size=1, max_size=60),
    st.integers(1, 10),
    st.integers(0, 8),
    st.integers(1, 35),
)
def test_rotation_never_takes_the_newest_and_keeps_none_too_old(hours, daily, weekly, days) -> None:
    copies = [BackupCopy(str(at), NOW - timedelta(hours=at), None, 1) for at in set(hours)]
    plan = Plan(daily=daily, weekly=weekly, days=days)
    going = to_drop(copies, NOW, plan)
    staying = [one for one in copies if one not in going]
    sound = [one for one in copies if one.made_at <= NOW + timedelta(hours=1)]
    newest = max(sound or copies, key=lambda one: one.made_at)
    assert newest in staying
    aged_at = believed_now(copies, NOW, plan)
    assert all(aged_at - one.made_at <= timedelta(days=days) for one in staying if one is not newest)
    if aged_at != NOW:  # the clock may have jumped: no backup stands on three days of the last weeks
        assert aged_at in {one.made_at for one in sound}
        assert len({one.made_at.date() for one in sound if NOW - one.made_at <= timedelta(days=days)}) < min(3, days)
    true_dates = [one for one in staying if one in sound]
    assert len(true_dates) <= daily + weekly + 1


def test_a_clock_that_was_wrong_stops_no_backup_for_years() -> None:
    since = NOW - 100 * DAY
    assert is_due([datetime(2099, 1, 1, tzinfo=UTC)], since, NOW, 24)
    assert is_due([NOW], since, datetime(1970, 1, 1, tzinfo=UTC), 24)
    assert not is_due([datetime(2099, 1, 1, tzinfo=UTC), NOW - DAY / 2], since, NOW, 24)


def dated(*days: datetime) -> list[BackupCopy]:
    return [BackupCopy(str(at), at, None, 1) for at in days]


def test_a_clock_that_stands_years_ahead_lets_no_true_backup_go_before_three_days_of_it() -> None:
    true = dated(*(NOW - number * DAY for number in range(7)))
    ahead = NOW + 2000 * DAY
    for wrong in (dated(ahead), dated(ahead, ahead + DAY)):
        now = wrong[-1].made_at
        gone = to_drop([*true, *wrong], now, Plan())
        assert len(gone) <= len(wrong)  # the daily ones give way to newer ones, one by one
        assert true[0] not in gone
    third = dated(ahead, ahead + DAY, ahead + 2 * DAY)
    assert set(to_drop([*true, *third], ahead + 2 * DAY, Plan())) >= {*true}


def test_after_a_rest_of_months_headquarters_word_is_enough_that_old_backups_go() -> None:
    old, later = dated(NOW - 90 * DAY), NOW
    assert to_drop([*old, *dated(later)], later, Plan()) == []
    assert to_drop([*old, *dated(later)], later, Plan(), NOW - 3 * DAY) == old
    assert to_drop([*old, *dated(later)], later, Plan(), NOW - 80 * DAY) == []
    assert to_drop([*old, *dated(later)], later, Plan(), NOW + 80 * DAY) == []  # it cannot have said that yet


def test_where_few_backups_are_made_as_many_as_can_be_are_asked_for() -> None:
    old = dated(NOW - 40 * DAY)
    weekly = Plan(hours=168, days=14)
    assert to_drop([*old, *dated(NOW)], NOW, weekly) == []
    assert to_drop([*old, *dated(NOW - 7 * DAY, NOW)], NOW, weekly) == old


def test_true_backups_outlive_a_clock_that_was_wrong_for_a_day(timed: Desk, clock: Clock, audit: str) -> None:
    true = []
    for _ in range(4):
        true += backups.make(timed).files
        clock.now += DAY
    right = clock.now
    clock.now = datetime(2031, 5, 5, tzinfo=UTC)
    [wrong] = backups.make(timed).files
    assert all(file.exists() for file in true)
    clock.now = right
    for _ in range(7):
        backups.make(timed)
        clock.now += DAY
    assert not wrong.exists()  # there are enough with a true date


@pytest.fixture
def hq(tmp_path: Path, clock: Clock, timed: Desk) -> Iterator[Desk]:
    card = found(tmp_path / "hq", clock=clock, ids=new_uid, demo=True).file
    take_in(timed, card)
    desk = open_desk(tmp_path / "hq", clock=clock, ids=new_uid)
    yield desk
    desk.store.close()


def test_exported_restored_from_an_older_backup_and_the_pack_lost_the_copy_brings_it_back(
    timed: Desk, hq: Desk, clock: Callable[[], datetime], audit: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    change_plan(timed, second=str(stick))
    [older] = [file for file in backups.make(timed).files if file.parent != stick]
    conduct.note(timed, audit, "/data/x", "sealed after the backup")
    [pack] = seal(timed)
    backups.make_if_due(timed)  # as the end of every command does
    assert [one.stem for one in (stick / "packs").iterdir()] == [pack.sha256]
    pack.file.unlink()  # the pack is lost, and so is the laptop's disk
    timed.store.close()
    restoring.restore(older, tmp_path / "again")
    again = reopen(tmp_path / "again", timed.store.key, clock)
    assert values(again) == set()
    back = pack_copies.bring_back(again, stick)
    assert (back.packs, back.left) == (1, ())
    assert values(again) == {"sealed after the backup"}
    assert check(again.store) == []
    assert pack_copies.bring_back(again, stick).operations == 0  # twice does no harm
    conduct.note(again, audit, "/data/y", "after the restore")
    for sealed in seal(again):
        take_in(again, intake.take_in(hq, sealed.file, tmp_path).receipt)
    assert values(hq) == {"sealed after the backup", "after the restore"}
    with pytest.raises(Refusal, match=r"work\.nothing_to_send"):
        seal(again)
    assert check(again.store) == []
    again.store.close()


def test_a_pack_is_kept_beside_until_headquarters_has_signed_for_it(
    timed: Desk, hq: Desk, audit: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    change_plan(timed, second=str(stick))
    [pack] = seal(timed)
    backups.make_if_due(timed)
    copy = stick / "packs" / f"{pack.sha256}.gemba"
    assert copy.read_bytes() == pack.file.read_bytes()
    take_in(timed, intake.take_in(hq, pack.file, tmp_path).receipt)
    backups.make_if_due(timed)
    assert not copy.exists()


def test_packs_of_others_bring_nothing_back(timed: Desk, hq: Desk, audit: str, tmp_path: Path) -> None:
    [pack] = seal(timed)
    (tmp_path / "x.gemba").write_bytes(b"no pack")
    assert pack_copies.bring_back(timed, tmp_path).left == ("x.gemba",)
    with pytest.raises(Refusal, match=r"packs\.not_a_pack"):
        pack_copies.bring_back_several(timed, [tmp_path / "x.gemba"])
    with pytest.raises((Refusal, Trouble)):
        pack_copies.bring_back(hq, pack.file)


def test_what_is_damaged_on_the_second_medium_does_not_spoil_a_restore(timed: Desk, tmp_path: Path) -> None:
    (tmp_path / "usb" / "packs").mkdir(parents=True)
    change_plan(timed, second=str(tmp_path / "usb"))
    assert pack_copies.bring_back_from_second(timed) == BroughtBack()
    (tmp_path / "usb" / "packs" / "x.gemba").write_bytes(b"no pack")
    assert pack_copies.bring_back_from_second(timed).left == ("x.gemba",)


def test_a_clock_that_was_set_back_does_not_take_the_newest_backup_away(timed: Desk, clock: Clock) -> None:
    clock.now += timedelta(minutes=40)  # it was wrong until now
    ahead = backups.make(timed)
    clock.now -= timedelta(minutes=39)
    made = backups.make(timed)
    assert made.files[0].is_file()
    assert made.files[0] in [one.file for one in backups.shown(timed)]
    assert ahead.files != made.files


def test_backups_are_found_again_from_wherever_the_program_is_started(
    timed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "usb").mkdir()
    plan = change_plan(timed, folder="copies", second="usb")
    assert (plan.folder, plan.second) == (str(tmp_path / "copies"), str(tmp_path / "usb"))
    assert all(file.is_absolute() for file in backups.make(timed).files)
    monkeypatch.chdir(tmp_path / "usb")
    assert all(one.here for one in backups.shown(timed))


def test_a_store_that_was_named_by_a_short_path_has_its_backups_beside_it(
    timed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = timed.store.folder
    monkeypatch.chdir(folder.parent)
    monkeypatch.setattr(timed.store, "folder", Path(folder.name))
    [file] = backups.make(timed).files
    assert file.parent == folder.with_name(f"{folder.name}-backups")


def test_what_came_back_is_not_held_before_headquarters_says_so(
    timed: Desk, hq: Desk, clock: Callable[[], datetime], audit: str, tmp_path: Path
) -> None:
    def custody(desk: Desk) -> list[str]:
        with desk.reader() as reader:
            return [line.custody for line in lists.ASSESSMENTS.first(reader, Query())]

    [older] = backups.make(timed).files
    with timed.reader() as reader:
        walk = reader.get(Assessment, audit)
    assert walk is not None
    conduct.start(timed, walk.template, walk.place)
    [pack] = seal(timed)
    timed.store.close()
    restoring.restore(older, tmp_path / "again")
    again = reopen(tmp_path / "again", timed.store.key, clock)
    assert pack_copies.bring_back(again, pack.file).operations > 0
    assert "held" not in custody(again)
    for sealed in seal(again):
        take_in(again, intake.take_in(hq, sealed.file, tmp_path).receipt)
    assert custody(again) == ["held", "held"]
    again.store.close()
