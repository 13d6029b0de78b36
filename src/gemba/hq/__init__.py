"""Headquarters: packs taken in, receipts and publications given out."""
