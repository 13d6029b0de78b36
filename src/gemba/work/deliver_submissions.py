"""Concluded assessments go to an OpenRosa server by the same queue as packs go to headquarters.

A row of the queue is named after the assessment. The server knows a submission by its instance id, so what is sent
again after a cut line is no second one. It does not stand for headquarters: only a receipt makes a record held.
"""

from __future__ import annotations

from gemba.carriers.openrosa import Server, Submission
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.evidence import Evidence
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.store import deliveries
from gemba.store.deliveries import Carrier, Delivery
from gemba.store.reading import Reader
from gemba.work.carriers import secret_of
from gemba.work.conduct import sheet_of
from gemba.work.desk import Desk
from gemba.work.export_media import copy_name
from gemba.work.export_submissions import name_files, submission_xml
from gemba.work.give_out_evidence import copy_of, keeps_position

FORMS = "forms"
"""Option: the form ids that go to this server, parted by commas; without it all do."""


def submissions_for(reader: Reader, carrier: Carrier) -> list[Uid]:
    """The concluded assessments that this server shall have."""
    wanted = {form.strip() for form in str(carrier.options.get(FORMS) or "").split(",") if form.strip()}
    concluded = reader.find(Assessment, state=AssessmentState.CONCLUDED)
    if wanted:
        of_form = {one.uid for one in reader.find(Template) if one.form_id in wanted}
        concluded = [one for one in concluded if one.template in of_form]
    return [one.uid for one in concluded]


def send_submission(desk: Desk, carrier: Carrier, delivery: Delivery) -> None:
    """Send one assessment; what the server has taken of it already is not sent again.

    Raises:
        Refusal: the server does not take it.
        Trouble: the server cannot be reached.
    """
    submission = submission_of(desk, delivery.pack)
    size = len(submission.xml) + sum(len(data) for _, data in submission.media)

    def told(count: int, requests: int) -> None:
        with desk.unit() as unit:
            there = size * count // requests
            deliveries.advance(unit, delivery.pack, carrier.name, parts=requests, parts_there=count, bytes_there=there)

    with Server(carrier.url, carrier.options, secret_of(desk, carrier.name)) as server:
        server.send(submission, begin=delivery.parts_there, told=told)
    with desk.unit() as unit:
        deliveries.done(unit, delivery.pack, carrier.name)


def submission_of(desk: Desk, uid: Uid) -> Submission:
    """One assessment as it is sent: its answers, and copies of the files that they name.

    Raises:
        Trouble: a photo or file that an answer names is damaged or not here.
    """
    with desk.reader() as reader:
        sheet = sheet_of(desk, reader, uid)
        evidence = [item for item in reader.find(Evidence, assessment=uid) if not item.removed]
        position = keeps_position(desk, reader, uid)
    named, _ = name_files(sheet.fill, evidence)
    chosen = {copy_name(item): item for item in evidence if copy_name(item) in named}
    media = tuple((name, copy_of(desk, item, position=position)) for name, item in sorted(chosen.items()))
    return Submission(f"uuid:{uid}", submission_xml(sheet), media)
