"""The pack format: seal, open, verify. Files, hashes and keys; no records, no SQL."""
