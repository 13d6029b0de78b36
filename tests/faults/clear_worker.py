"""A full flow in which one word is said everywhere; the recorder listens.

Run as: clear_worker.py STORE OUT WORD
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from tests.faults.scene import now, uid

from gemba.domain.findings import FindingGrade
from gemba.domain.templates import Template
from gemba.errors import GembaError
from gemba.hq.founding import found
from gemba.shipped import resource
from gemba.store import keys, rekeying
from gemba.work import backups, conduct, edit_template
from gemba.work.attach_evidence import attach
from gemba.work.export_answers import ExportChoice, export_answers
from gemba.work.import_template import import_template
from gemba.work.issue_report import assessment_report
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in


def main() -> None:
    """Do everything that keeps something."""
    store, out, word = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    desk = make_desk(store, clock=now, ids=uid, passphrase="the first phrase", person_name=word)
    take_in(desk, found(out / "hq", clock=now, ids=uid, demo=True).file)
    place = add_place(desk, f"Quay of {word}").uid
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0]
    audit = conduct.start(desk, template.uid, place, title=word).uid
    for number in range(300):  # enough for a checkpoint of the log
        conduct.note(desk, audit, f"/data/q{number % 30}", f"{word} {number} " * 50)
    attach(desk, audit, resource("demo", "unlabelled-shelf.jpg").read_bytes() + word.encode(), f"{word}.jpg")
    attach(desk, audit, word.encode() * 100_000, f"{word}.bin")
    raise_finding(desk, audit, grade=FindingGrade.MINOR, text=word, criterion=word)
    draft = edit_template.begin(desk, word)
    edit_template.save(desk, draft)
    import_template(desk, (out / "form.xlsx").read_bytes(), f"{word}.xlsx")
    assessment_report(desk, audit, out / "report.pdf")
    for number, form in enumerate(("csv", "xlsx", "openrosa")):
        with suppress(GembaError):
            export_answers(desk, [audit], out / f"export{number}", ExportChoice(format=form))  # type: ignore[arg-type]
    seal(desk)
    backups.make(desk)
    with suppress(Exception), desk.unit() as unit:  # a mistake in the middle of a save: what is told of it is no word
        conduct.note(desk, audit, "/data/z", word)
        unit.connection.exec_driver_sql("INSERT INTO answer (uid) VALUES (?)", (word,))
    desk.store.close()
    rekeying.rekey(store, keys.find_key(store, passphrase="the first phrase"), passphrase="the second phrase")
    open_desk(store, clock=now, ids=uid, passphrase="the second phrase").store.close()


if __name__ == "__main__":
    main()
