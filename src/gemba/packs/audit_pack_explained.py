"""The README that lies in every audit pack."""

README = """\
This is an audit pack made by Gemba. Nothing but usual programs is needed to read it.

    binder.pdf                 start here: contents, all reports, the statement of
                               what is in this pack and what is not, the register
                               of evidence. Its pages are numbered throughout and
                               its bookmarks lead to each report.
    completeness.txt           the same statement as a text
    data/tables/               answers, findings, actions ... for a spreadsheet
                               (tables.xlsx) and for programs (.csv, UTF-8)
    data/evidence/             photos and other files, under the names that the
                               binder prints below each photo
    data/completeness.json     the statement for programs

How to make sure that nothing was changed:

    sha256sum --check manifest-sha256.txt
    sha256sum --check tagmanifest-sha256.txt

The folder is a bag as RFC 8493 (BagIt) describes it; ro-crate-metadata.json tells
archives what each file is (RO-Crate 1.1). Whoever made the pack signed it with
Ed25519 (RFC 8032): the "sig" in tagmanifest-sha256.txt.sig is over the 19 bytes
"gemba-audit-pack-v1" and a zero byte, followed by the bytes of
tagmanifest-sha256.txt. The program gemba-verify, one file that needs Python alone,
checks all of it at once:

    python gemba_verify.py FILE

A file whose name ends in .age is sealed to named recipients. Open it first
(https://age-encryption.org):

    age --decrypt --identity KEY.txt --output audit-pack.zip FILE.zip.age
""".encode("ascii")
"""The bytes of `README.txt`."""
