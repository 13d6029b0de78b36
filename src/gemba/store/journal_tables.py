"""The journal's own tables, and those that are true of this store only and never travel."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from gemba.store.columns import Json, Key, UtcDateTime
from gemba.store.tables import indexed_by, metadata

operation = Table(
    "operation",
    metadata,
    Column("id", Key, primary_key=True),
    Column("uid", String(36), nullable=False, unique=True),
    Column("device", String(32), nullable=False),
    Column("epoch", String(13), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hlc", String(17), nullable=False),
    Column("person", String(36), nullable=False),
    Column("noun", Text, nullable=False),
    Column("entity", String(36), nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary),  # may be erased; the header keeps its salted hash
    Column("signature", LargeBinary, nullable=False),
    UniqueConstraint("entity", "uid"),  # with the entity in it, so that the journal can be spread over machines
    # Not unique: a cloned disk makes two operations of one number, and both are kept.
    indexed_by("device", "epoch", "seq"),
    comment="Every change ever made, signed; nothing is changed or taken out.",
)

edge = Table(
    "edge",
    metadata,
    Column("parent", String(36), primary_key=True),
    Column("child", String(36), primary_key=True),
    Column("entity", String(36), nullable=False),
    comment="Which operation had seen which.",
)

head = Table(
    "head",
    metadata,
    Column("entity", String(36), primary_key=True),
    Column("noun", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("operation", String(36), primary_key=True),
    comment="For each field of a record the operations that none other saw: one is the value, several are a conflict.",
)

waiting = Table(
    "waiting",
    metadata,
    Column("operation", String(36), primary_key=True),
    Column("needs", String(36), primary_key=True),
    indexed_by("needs"),
    comment="Operations that name a record which has not arrived yet; they take part as soon as it does.",
)

signer = Table(
    "signer",
    metadata,
    Column("device", String(32), primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    comment="Whose operations stand in the journal, so that every signature can be checked again.",
)

device = Table(
    "device",
    metadata,
    Column("id", Key, primary_key=True),
    Column("device", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("identity", Text, nullable=False),
    Column("epoch", String(13), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hlc", String(17), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    comment="One row: who this store is, and how far its journal and clock have come.",
)

past_epoch = Table(
    "past_epoch",
    metadata,
    Column("epoch", String(13), primary_key=True),
    Column("last_seq", Integer, nullable=False),
    comment="Stretches of the own journal that are over, each with its last own number.",
)

counter = Table(
    "counter",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("last", Integer, nullable=False),
    comment="The last human number given out, by prefix.",
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Json),
    comment="Local choices.",
)

pack = Table(
    "pack",
    metadata,
    Column("id", Key, primary_key=True),
    Column("uid", String(36), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("epoch", String(13), nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("prev", String(64)),
    Column("sealed_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("held_at", UtcDateTime),
    Column("to", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("size", Key, nullable=False),
    Column("operations", Integer, nullable=False),
    Column("blobs", Integer, nullable=False),
    indexed_by("state"),
    comment="Own packs and how far each has come. The only truth of what travelled.",
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("pack", String(64)),
    Column("held_at", UtcDateTime),
    comment="Evidence that was put into a pack, and when headquarters signed for it.",
)

held = Table(
    "held",
    metadata,
    Column("epoch", String(13), primary_key=True),
    Column("first_seq", Integer, primary_key=True),
    Column("last_seq", Integer, nullable=False),
    comment="Stretches of the own journal that headquarters has signed for.",
)

taken_in = Table(
    "taken_in",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("device", String(32), nullable=False),
    Column("epoch", String(13), nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("receipt", LargeBinary),
    comment="Packs of others that were taken in, with the receipt that was given.",
)

correspondent = Table(
    "correspondent",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("trusted_since", UtcDateTime, nullable=False),
    Column("revoked", UtcDateTime),
    comment="Headquarters and laptops that this store exchanges packs with.",
)
