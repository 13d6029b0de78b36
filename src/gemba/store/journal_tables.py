"""The journal's own tables, and those that are true of this store only and never travel."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, LargeBinary, String, Table, Text, UniqueConstraint, text

from gemba.store.columns import Json, Key, UtcDateTime
from gemba.store.seal import SecretBytes, SecretText
from gemba.store.table_parts import indexed_by, metadata, partial

ON_COMPLAINTS = "noun = 'complaint'"
"""Of an operation: it is about a complaint. In these very words, by which a database knows the index to go by."""

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
    Column("personal", LargeBinary),  # what an erasure takes out; the header keeps its salted hash, too
    UniqueConstraint("entity", "uid"),  # with the entity in it, so that the journal can be spread over machines
    # Not unique: a cloned disk makes two operations of one number, and both are kept.
    indexed_by("device", "epoch", "seq"),
    partial("ix_operation_on_complaint", "entity", where=ON_COMPLAINTS),  # a file tells of a million, edited are few
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
    Column("operation", String(36), primary_key=True),
    Column("fields", Json, nullable=False),
    sqlite_with_rowid=False,
    comment="Of records with several operations those that some field goes by, with the fields nobody has set since.",
)

conflict = Table(
    "conflict",
    metadata,
    Column("entity", String(36), primary_key=True),
    Column("noun", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("operation", String(36), primary_key=True),
    sqlite_with_rowid=False,
    comment="Of each field that several have set without knowing of each other: all its heads.",
)

erased = Table(
    "erased",
    metadata,
    Column("entity", String(36), primary_key=True),
    Column("noun", Text, primary_key=True),
    Column("operation", String(36), primary_key=True),
    sqlite_with_rowid=False,
    comment="Records of which nothing personal is kept, and the erasures that say so; nothing is taken out again.",
)

erased_blob = Table(
    "erased_blob",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("operation", String(36), primary_key=True),
    sqlite_with_rowid=False,
    comment="Kept bytes that went with an erasure and are never kept again.",
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
    Column("secret", SecretBytes, nullable=False),
    Column("identity", SecretText, nullable=False),
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
    Column("sort", Text, nullable=False, server_default=text("'journal'")),  # or `share`: handed to another laptop
    indexed_by("state"),
    comment="Own packs and how far each has come. The only truth of what travelled.",
)

blob = Table(
    "blob",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("pack", String(64)),
    Column("held_at", UtcDateTime),
    indexed_by("held_at", "pack"),  # what is not held is few among all that ever travelled
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
    # Receipts are large: lists and counts are read from these alone.
    indexed_by("taken_at", "sha256", "device"),
    indexed_by("device", "taken_at", "sha256"),
    comment="Packs of others that were taken in, with the receipt that was given.",
)

to_prove = Table(
    "to_prove",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("operation", String(36)),  # one that its device did not sign; empty while nobody has looked
    comment="Packs that were taken in on their own signature: those of their operations are still to be checked.",
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
    Column("revoked_after", Json),  # by epoch the last number that is still taken in; empty: none
    Column("certified_at", UtcDateTime),  # when headquarters vouched for it
    comment="Headquarters and laptops that this store exchanges packs with.",
)

identity = Table(
    "identity",
    metadata,
    Column("recipient", String(62), primary_key=True),
    Column("secret", SecretText, nullable=False),
    Column("use", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime),
    comment="Age keys of headquarters: current, next, past, and recovery (whose secret lies elsewhere).",
)

trusted = Table(
    "trusted",
    metadata,
    Column("headquarters", String(32), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    comment="The last metadata of each role of a publication that was believed: nothing older is believed again.",
)

publication = Table(
    "publication",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("headquarters", String(32), primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("taken_at", UtcDateTime),
    comment="Publications: at headquarters those that were made, on a laptop those that were taken in.",
)

resend = Table(
    "resend",
    metadata,
    Column("epoch", String(13), primary_key=True),
    Column("first_seq", Integer, primary_key=True),
    Column("last_seq", Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    comment="Stretches of the own journal that headquarters asks for again.",
)

quarantined = Table(
    "quarantined",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("device", String(32), nullable=False),
    Column("words", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("arrived_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    comment="Packs that are kept and not believed yet, each until a person decides.",
)

carrier = Table(
    "carrier",
    metadata,
    Column("name", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("options", Json, nullable=False),
    Column("automatic", Boolean, nullable=False, server_default=text("true")),
    Column("made_at", UtcDateTime, nullable=False),
    Column("tried_at", UtcDateTime),
    Column("trouble", Json),
    comment="Ways to headquarters. Passwords lie in the keyring, or sealed in a setting where there is none.",
)

delivery = Table(
    "delivery",
    metadata,
    Column("pack", String(64), primary_key=True),
    Column("carrier", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("parts_there", Integer, nullable=False),
    Column("bytes_there", Key, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("next_try_at", UtcDateTime),
    Column("done_at", UtcDateTime),
    Column("trouble", Json),
    indexed_by("state"),
    comment="The queue: which pack goes by which carrier, and how far it has come. The only truth of it.",
)

backup_copy = Table(
    "backup_copy",
    metadata,
    Column("file", Text, primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("verified_at", UtcDateTime),
    Column("size", Key, nullable=False),
    comment="Backups that were made by the clock, so that old ones can be taken away.",
)

steward = Table(
    "steward",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("region", String(36)),
    Column("password", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
    comment="Who may sign in at headquarters' web page; passwords as argon2id hashes.",
)

web_session = Table(
    "web_session",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("steward", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    indexed_by("steward"),
    comment="Who is signed in: only the hash of each token.",
)
