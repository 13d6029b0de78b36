"""`gemba hq status`: who has not been heard of, what is missing, what waits for a person."""

from __future__ import annotations

from typing import Annotated

import typer

from gemba.cli.hq import HqStore
from gemba.cli.saying import JsonOption, say, table
from gemba.cli.world import desk_at
from gemba.hq.proving import Unsigned, unsigned_in
from gemba.hq.status import SILENT, LaptopStatus, Need, Status, status
from gemba.wording import plural, text


def status_(
    context: typer.Context,
    store: HqStore,
    silent_after: Annotated[
        int, typer.Option("--silent-after", min=1, help="Days without a pack after which a laptop counts as silent.")
    ] = SILENT,
    as_json: JsonOption = False,
) -> None:
    """Show how things stand: silent laptops first, then what is missing, in conflict or in quarantine."""
    with desk_at(context, store, make=False) as desk:
        found, unsigned = status(desk, silent_after=silent_after), unsigned_in(desk)
    say(found, "\n".join(_lines(found, unsigned)), as_json=as_json)


def need_title(need: Need) -> str:
    """What a laptop needs, in a word or two."""
    titles = {
        Need.FORKED: text("Two copies in use"),
        Need.UNSIGNED: text("Changes without signature"),
        Need.SILENT: text("Silent"),
        Need.MISSING: text("Something is missing"),
        Need.QUARANTINED: text("In quarantine"),
    }
    return titles[need]


def _unheard(line: LaptopStatus) -> str:
    """What is said in place of the day of its last pack."""
    return text("not yet") if line.expected else text("never")


def _lines(found: Status, unsigned: tuple[Unsigned, ...]) -> list[str]:
    names = ("Laptop", "Last pack", "Days silent", "Packs", "Changes", "Missing", "Publication", "Needs")
    heads = [text(name) for name in names]
    lines = [table([_row(line) for line in found.laptops], heads)] if found.laptops else []
    lines.append(
        text(
            "{packs:pack|packs}, {operations:change|changes}, {conflicts:conflict|conflicts}, "
            "{quarantined:pack|packs} in quarantine,"
            " {missing:file|files} missing, {erasures:erasure|erasures} outstanding.",
            packs=found.packs,
            operations=found.operations,
            conflicts=found.conflicts,
            quarantined=found.quarantined,
            missing=found.evidence_missing,
            erasures=found.erasures_outstanding,
        )
    )
    if found.silent:
        lines.append(
            plural(
                "{n} laptop has not been heard of for {days} days or longer.",
                "{n} laptops have not been heard of for {days} days or longer.",
                found.silent,
                days=found.silent_after,
            )
        )
    if found.expected:
        lines.append(
            plural(
                "{n} laptop was enrolled lately and has not been heard of yet.",
                "{n} laptops were enrolled lately and have not been heard of yet.",
                found.expected,
            )
        )
    if lacking := sum(bool(one.gaps) for one in found.laptops):
        lines.append(
            plural(
                "Changes of {n} laptop have not arrived; the next publication asks for them again (gemba hq publish).",
                "Changes of {n} laptops have not arrived; the next publication asks for them again (gemba hq publish).",
                lacking,
            )
        )
    if found.unproven:
        lines.append(
            text(
                "{n:pack waits|packs wait} until each change's own signature is looked at: gemba hq prove does so at"
                " once, gemba hq watch when nothing arrives.",
                n=found.unproven,
            )
        )
    lines += [one.words for one in unsigned]
    if found.set_back is not None:
        lines.append(found.set_back.words)
    if found.keys_lying_here:
        lines.append(
            text(
                "Secret keys still lie in headquarters' folder: {files}."
                " Hand them to their custodians and delete them.",
                files=", ".join(found.keys_lying_here),
            )
        )
    return lines


def _row(line: LaptopStatus) -> tuple[object, ...]:
    changes = sum(gap.last_seq - gap.first_seq + 1 for gap in line.gaps)
    missing = [
        plural("{n} change", "{n} changes", changes) if changes else "",
        plural("{n} file", "{n} files", len(line.evidence_missing)) if line.evidence_missing else "",
        plural("{n} erasure", "{n} erasures", line.erasures_outstanding) if line.erasures_outstanding else "",
    ]
    return (
        line.name,
        f"{line.last_pack_at:%Y-%m-%d %H:%M}" if line.last_pack_at else _unheard(line),
        line.silent_days,
        line.packs,
        line.operations,
        ", ".join(part for part in missing if part),
        "" if line.publication is None else line.publication,
        ", ".join([*([text("Revoked")] if line.revoked else []), *map(need_title, line.needs)]),
    )
