"""What headquarters says about a pack that it took in."""

from __future__ import annotations

from pathlib import Path

from gemba.store.journal import Merged
from gemba.wording import plural, text


def taken_before(receipt: Path) -> str:
    """The pack was taken in before."""
    return text("This pack was taken in before; the receipt is {file}.", file=receipt)


def taken_in(
    merged: Merged, *, evidence: int, missing: int, receipt: Path, enrolled: str, ahead: str, fingerprint: str
) -> str:
    """What a pack brought, and what somebody should look at; a sentence a line.

    Args:
        merged: what taking in amounted to.
        evidence: files that were in the pack.
        missing: files that it names and that are not here.
        receipt: where the receipt lies.
        enrolled: fingerprint of a laptop that was never seen before; else empty.
        ahead: when the pack says that it was sealed, if that day is still to come; else empty.
        fingerprint: of the laptop, to say whose clock it is.
    """
    said = [
        plural("Took in {n} change", "Took in {n} changes", merged.added)
        + " "
        + plural(
            "and {n} file; the receipt is {file}.", "and {n} files; the receipt is {file}.", evidence, file=receipt
        )
    ]
    if missing:
        said.append(
            plural(
                "{n} file has not arrived; the laptop sends it again once it has the receipt.",
                "{n} files have not arrived; the laptop sends them again once it has the receipt.",
                missing,
            )
        )
    if merged.gaps:
        said.append(text("Changes before these have not arrived; the next publication asks for them again."))
    if merged.conflicts:
        said.append(
            plural(
                "{n} value was recorded differently by two; settle it (gemba conflict list).",
                "{n} values were recorded differently by two; settle them (gemba conflict list).",
                len(merged.conflicts),
            )
        )
    if merged.forks:
        said.append(text("Two copies of this laptop's store are in use; ask its person which one to keep."))
    if merged.foreign:
        said.append(
            text(
                "Assessments in it hold something from a laptop that did not begin them; look at it before you rely on"
                " it."
            )
        )
    if ahead:
        said.append(
            text(
                "It says that it was sealed on {day}, which is still to come; have the clock of the laptop with the"
                " fingerprint {fingerprint} set right.",
                day=ahead,
                fingerprint=fingerprint,
            )
        )
    if enrolled:
        said.append(
            text(
                "This laptop is new here. Compare its fingerprint with its person: {fingerprint}", fingerprint=enrolled
            )
        )
    return "\n".join(said)
