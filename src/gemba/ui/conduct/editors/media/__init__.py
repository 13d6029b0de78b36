"""Editors for what is more than words: photos, signatures, sounds, codes, places, times and counts."""
