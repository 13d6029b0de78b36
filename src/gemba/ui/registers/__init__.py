"""Registers: which there are, their entries, and the form that each declares."""
