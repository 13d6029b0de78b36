"""The first tables: nouns, journal, and what travelled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# A migration never imports the program: it must still do the same in ten years.
revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SEARCHED = {
    "place": "name",
    "template": "title, form_id, source_name",
    "assessment": "number, title",
    "finding": "number, criterion, text",
    "action": "number, text, owner",
}

_TABLES = (
    "evidence",
    "action",
    "report",
    "finding",
    "conclusion",
    "answer",
    "assessment",
    "waiting",
    "template",
    "taken_in",
    "signer",
    "setting",
    "place",
    "person",
    "past_epoch",
    "pack",
    "operation",
    "held",
    "head",
    "edge",
    "device",
    "counter",
    "correspondent",
    "blob",
)


def upgrade() -> None:
    _lay_tables()
    for noun, fields in _SEARCHED.items():
        op.execute(
            f"CREATE VIRTUAL TABLE {noun}_search USING fts5({fields}, content='{noun}', content_rowid='id', "
            "tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
        )


def downgrade() -> None:
    for noun in _SEARCHED:
        op.drop_table(f"{noun}_search")
    for table in _TABLES:
        op.drop_table(table)


def _lay_tables() -> None:  # noqa: PLR0915 - one statement a table and index
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pack", sa.String(length=64), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
        comment="Evidence that was put into a pack, and when headquarters signed for it.",
    )
    op.create_table(
        "correspondent",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("trusted_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correspondent")),
        comment="Headquarters and laptops that this store exchanges packs with.",
    )
    op.create_table(
        "counter",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_counter")),
        comment="The last human number given out, by prefix.",
    )
    op.create_table(
        "device",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("epoch", sa.String(length=13), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hlc", sa.String(length=17), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        comment="One row: who this store is, and how far its journal and clock have come.",
    )
    op.create_table(
        "edge",
        sa.Column("parent", sa.String(length=36), nullable=False),
        sa.Column("child", sa.String(length=36), nullable=False),
        sa.Column("entity", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("parent", "child", name=op.f("pk_edge")),
        comment="Which operation had seen which.",
    )
    op.create_table(
        "head",
        sa.Column("entity", sa.String(length=36), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("operation", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("entity", "field", "operation", name=op.f("pk_head")),
        comment="For each field the operations that none other has seen: one is the value, several are a conflict.",
    )
    op.create_table(
        "held",
        sa.Column("epoch", sa.String(length=13), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", "first_seq", name=op.f("pk_held")),
        comment="Stretches of the own journal that headquarters has signed for.",
    )
    op.create_table(
        "operation",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("epoch", sa.String(length=13), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hlc", sa.String(length=17), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        sa.Column("entity", sa.String(length=36), nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sa.UniqueConstraint("entity", "uid", name=op.f("uq_operation_entity_uid")),
        sa.UniqueConstraint("uid", name=op.f("uq_operation_uid")),
        comment="Every change ever made, signed; nothing is changed or taken out.",
    )
    op.create_index(op.f("ix_operation_device_epoch_seq"), "operation", ["device", "epoch", "seq"], unique=False)
    op.create_table(
        "pack",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("epoch", sa.String(length=13), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=True),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("size", _KEY, nullable=False),
        sa.Column("operations", sa.Integer(), nullable=False),
        sa.Column("blobs", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("sha256", name=op.f("uq_pack_sha256")),
        sa.UniqueConstraint("uid", name=op.f("uq_pack_uid")),
        comment="Own packs and how far each has come. The only truth of what travelled.",
    )
    op.create_index(op.f("ix_pack_state"), "pack", ["state"], unique=False)
    op.create_table(
        "past_epoch",
        sa.Column("epoch", sa.String(length=13), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_past_epoch")),
        comment="Stretches of the own journal that are over, each with its last own number.",
    )
    op.create_table(
        "person",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_uid")),
    )
    op.create_table(
        "place",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("parent", sa.String(length=36), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["parent"], ["place.uid"], name=op.f("fk_place_parent_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("uid", name=op.f("uq_place_uid")),
    )
    op.create_index(op.f("ix_place_name_uid"), "place", ["name", "uid"], unique=False)
    op.create_index(op.f("ix_place_parent"), "place", ["parent"], unique=False)
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
        comment="Local choices.",
    )
    op.create_table(
        "signer",
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_signer")),
        comment="Whose operations stand in the journal, so that every signature can be checked again.",
    )
    op.create_table(
        "taken_in",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("epoch", sa.String(length=13), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_taken_in")),
        comment="Packs of others that were taken in, with the receipt that was given.",
    )
    op.create_table(
        "template",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("xform", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint("uid", name=op.f("uq_template_uid")),
    )
    op.create_index(op.f("ix_template_form_id"), "template", ["form_id"], unique=False)
    op.create_table(
        "waiting",
        sa.Column("operation", sa.String(length=36), nullable=False),
        sa.Column("needs", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("operation", "needs", name=op.f("pk_waiting")),
        comment="Operations that name a record which has not arrived yet; they take part as soon as it does.",
    )
    op.create_index(op.f("ix_waiting_needs"), "waiting", ["needs"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("template", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("corrects", sa.String(length=36), nullable=True),
        sa.Column("touched", _KEY, server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["corrects"], ["assessment.uid"], name=op.f("fk_assessment_corrects_assessment")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_assessment_person_person")),
        sa.ForeignKeyConstraint(["place"], ["place.uid"], name=op.f("fk_assessment_place_place")),
        sa.ForeignKeyConstraint(["template"], ["template.uid"], name=op.f("fk_assessment_template_template")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("uid", name=op.f("uq_assessment_uid")),
    )
    op.create_index(
        op.f("ix_assessment_concluded_at_id_state_place"),
        "assessment",
        ["concluded_at", "id", "state", "place"],
        unique=False,
    )
    op.create_index(op.f("ix_assessment_corrects"), "assessment", ["corrects"], unique=False)
    op.create_index(
        op.f("ix_assessment_due_id_state_place"), "assessment", ["due", "id", "state", "place"], unique=False
    )
    op.create_index(
        op.f("ix_assessment_number_id_state_place"), "assessment", ["number", "id", "state", "place"], unique=False
    )
    op.create_index(op.f("ix_assessment_person"), "assessment", ["person"], unique=False)
    op.create_index(op.f("ix_assessment_place_id_state"), "assessment", ["place", "id", "state"], unique=False)
    op.create_index(
        op.f("ix_assessment_score_id_state_place"), "assessment", ["score", "id", "state", "place"], unique=False
    )
    op.create_index(
        op.f("ix_assessment_started_at_id_state_place"),
        "assessment",
        ["started_at", "id", "state", "place"],
        unique=False,
    )
    op.create_index(op.f("ix_assessment_state_id_place"), "assessment", ["state", "id", "place"], unique=False)
    op.create_index(op.f("ix_assessment_template"), "assessment", ["template"], unique=False)
    op.create_index(
        op.f("ix_assessment_title_id_state_place"), "assessment", ["title", "id", "state", "place"], unique=False
    )
    op.create_table(
        "answer",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("assessment", sa.String(length=36), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.uid"], name=op.f("fk_answer_assessment_assessment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("uid", name=op.f("uq_answer_uid")),
    )
    op.create_index(op.f("ix_answer_assessment"), "answer", ["assessment"], unique=False)
    op.create_table(
        "conclusion",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("assessment", sa.String(length=36), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("sections", sa.Text(), nullable=False),
        sa.Column("critical", sa.Text(), nullable=False),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.uid"], name=op.f("fk_conclusion_assessment_assessment")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_conclusion_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conclusion")),
        sa.UniqueConstraint("uid", name=op.f("uq_conclusion_uid")),
    )
    op.create_index(op.f("ix_conclusion_assessment"), "conclusion", ["assessment"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("assessment", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.uid"], name=op.f("fk_finding_assessment_assessment")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_finding_person_person")),
        sa.ForeignKeyConstraint(["place"], ["place.uid"], name=op.f("fk_finding_place_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("uid", name=op.f("uq_finding_uid")),
    )
    op.create_index(op.f("ix_finding_assessment"), "finding", ["assessment"], unique=False)
    op.create_index(op.f("ix_finding_grade_id_state_place"), "finding", ["grade", "id", "state", "place"], unique=False)
    op.create_index(
        op.f("ix_finding_number_id_state_grade_place"),
        "finding",
        ["number", "id", "state", "grade", "place"],
        unique=False,
    )
    op.create_index(op.f("ix_finding_person"), "finding", ["person"], unique=False)
    op.create_index(op.f("ix_finding_place_id_state_grade"), "finding", ["place", "id", "state", "grade"], unique=False)
    op.create_index(
        op.f("ix_finding_raised_at_id_state_grade_place"),
        "finding",
        ["raised_at", "id", "state", "grade", "place"],
        unique=False,
    )
    op.create_index(op.f("ix_finding_state_id_grade_place"), "finding", ["state", "id", "grade", "place"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("assessment", sa.String(length=36), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.uid"], name=op.f("fk_report_assessment_assessment")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_report_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("uid", name=op.f("uq_report_uid")),
    )
    op.create_index(op.f("ix_report_assessment"), "report", ["assessment"], unique=False)
    op.create_table(
        "action",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("finding", sa.String(length=36), nullable=False),
        sa.Column("assessment", sa.String(length=36), nullable=False),
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.uid"], name=op.f("fk_action_assessment_assessment")),
        sa.ForeignKeyConstraint(["finding"], ["finding.uid"], name=op.f("fk_action_finding_finding")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_action_person_person")),
        sa.ForeignKeyConstraint(["place"], ["place.uid"], name=op.f("fk_action_place_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("uid", name=op.f("uq_action_uid")),
    )
    op.create_index(op.f("ix_action_assessment"), "action", ["assessment"], unique=False)
    op.create_index(op.f("ix_action_due_id_state_place"), "action", ["due", "id", "state", "place"], unique=False)
    op.create_index(op.f("ix_action_finding"), "action", ["finding"], unique=False)
    op.create_index(op.f("ix_action_number_id_state_place"), "action", ["number", "id", "state", "place"], unique=False)
    op.create_index(op.f("ix_action_owner_id_state_place"), "action", ["owner", "id", "state", "place"], unique=False)
    op.create_index(op.f("ix_action_place_id_state"), "action", ["place", "id", "state"], unique=False)
    op.create_index(op.f("ix_action_state_id_place"), "action", ["state", "id", "place"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("assessment", sa.String(length=36), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("finding", sa.String(length=36), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.uid"], name=op.f("fk_evidence_assessment_assessment")),
        sa.ForeignKeyConstraint(["finding"], ["finding.uid"], name=op.f("fk_evidence_finding_finding")),
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f("fk_evidence_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("uid", name=op.f("uq_evidence_uid")),
    )
    op.create_index(op.f("ix_evidence_assessment"), "evidence", ["assessment"], unique=False)
    op.create_index(op.f("ix_evidence_finding"), "evidence", ["finding"], unique=False)
    op.create_index(op.f("ix_evidence_sha256"), "evidence", ["sha256"], unique=False)
