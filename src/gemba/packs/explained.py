"""The README that lies in every pack: how to read it when Gemba is long gone."""

README = """\
This is a Gemba pack: a signed stretch of an audit journal, with its evidence.

To read it without Gemba you need the age program (https://age-encryption.org),
an unzip program, and one of the secret keys it was sealed for (see the lines
"Recipient" in bag-info.txt):

    age --decrypt --identity KEY.txt --output pack.zip FILE.gemba
    unzip pack.zip -d pack
    cd pack
    sha256sum --check manifest-sha256.txt
    sha256sum --check tagmanifest-sha256.txt

The folder is a bag as RFC 8493 (BagIt) describes it. Files that are listed in
fetch.txt travelled in an earlier pack; the manifest still names their hashes.

    bag-info.txt           who sealed the pack, for whom, which stretch it holds
    data/documents/        for people, to be read before anything is taken in:
        summary.txt        what this pack concerns
        <number>.pdf       reports as they were issued
        <number>.xml       answers of a concluded assessment (OpenRosa)
        <noun>.csv         the records that this pack touches
        datapackage.json   what the columns mean; size and hash of all of these
        recovery.age       keys of the laptop, for headquarters' recovery key
    data/ops.ndjson        the journal: one operation a line, canonical JSON
                           (RFC 8785)
    data/blobs/ab/abcd...  evidence (photos and other files) under the SHA-256
                           of its content

The device that sealed the pack signed it with Ed25519 (RFC 8032): the "sig" in
tagmanifest-sha256.txt.sig is over the 14 bytes "gemba-pack-v1" and a zero byte,
followed by the bytes of tagmanifest-sha256.txt. The name of the sealed file is
the SHA-256 of its bytes.
""".encode("ascii")
"""The bytes of `README.txt`; a reader does not insist on them, so that later programs may explain better."""
