"""Gemba: offline site audits and Gemba walks, from a checklist to headquarters' receipt."""

__version__ = "0.1.0"
