"""`gemba demo`: the whole story once, without a window and without a question."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from gemba.cli.saying import JsonOption, say
from gemba.cli.world import World, world_of
from gemba.domain.assessments import AssessmentState, Custody
from gemba.errors import Refusal
from gemba.hq.founding import found
from gemba.hq.taking import take_in_one
from gemba.store.checking import check as check_store
from gemba.store.lists import ASSESSMENTS, Query
from gemba.wording import text
from gemba.work.demonstrate import make_demo_store
from gemba.work.desk import Desk
from gemba.work.issue_report import assessment_report
from gemba.work.open_desk import open_desk
from gemba.work.send_pack import seal, send
from gemba.work.take_in import take_in


class Demonstration(msgspec.Struct, frozen=True):
    """What the demonstration left behind."""

    store: Path
    headquarters: Path
    report: Path
    pack: Path
    receipt: Path
    assessments: int
    held: int
    """Concluded assessments that headquarters has signed for."""
    problems: int


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="An empty folder for what is made.", show_default=False)],
    as_json: JsonOption = False,
) -> None:
    """Walk a site, raise findings, conclude, print, seal, take in at headquarters, take the receipt in."""
    if folder.exists() and any(folder.iterdir()):
        raise Refusal("cli.folder_not_empty", folder=str(folder))
    told = tell(world_of(context), folder)
    words = "\n".join(
        (
            text("Store:        {file}", file=told.store),
            text("Headquarters: {file}", file=told.headquarters),
            text("Report:       {file}", file=told.report),
            text("Pack:         {file}", file=told.pack),
            text("Receipt:      {file}", file=told.receipt),
            text(
                "{held} of {all:assessment is|assessments are} held by headquarters.",
                held=told.held,
                all=told.assessments,
            ),
            text("Look around with: gemba --store {store}", store=told.store),
        )
    )
    say(told, words, as_json=as_json)


def tell(world: World, folder: Path) -> Demonstration:
    """Make the demonstration in an empty folder: a laptop's store and headquarters', a report, a pack, a receipt."""
    laptop, headquarters = folder / "store", folder / "headquarters"
    desk = make_demo_store(laptop, clock=world.clock, ids=world.ids)
    try:
        report = assessment_report(desk, _best_report(desk), folder / "report.pdf").file
        card = found(headquarters, clock=world.clock, ids=world.ids, name=text("Meridian Services"), demo=True).file
        take_in(desk, card)
        pack = send(desk, seal(desk)[-1].sha256, folder)
        receipt = _at_headquarters(world, headquarters, pack.file, folder)
        take_in(desk, receipt)
        with desk.reader() as reader:
            lines = ASSESSMENTS.first(reader, Query())
        problems = len(check_store(desk.store))
    finally:
        desk.store.close()
    held = sum(1 for line in lines if line.custody is Custody.HELD)
    return Demonstration(laptop, headquarters, report, pack.file, receipt, len(lines), held, problems)


def _best_report(desk: Desk) -> str:
    """The uid of the concluded assessment with the most findings."""
    with desk.reader() as reader:
        lines = ASSESSMENTS.first(reader, Query(where={"state": (AssessmentState.CONCLUDED.value,)}))
    return max(lines, key=lambda line: line.findings).uid


def _at_headquarters(world: World, store: Path, pack: Path, out: Path) -> Path:
    desk = open_desk(store, clock=world.clock, ids=world.ids, passphrase=world.passphrase)
    try:
        return take_in_one(desk, pack, out).receipt
    finally:
        desk.store.close()
