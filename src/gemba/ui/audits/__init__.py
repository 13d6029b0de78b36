"""Alignment audits: programme, samples, judging, agreement."""
