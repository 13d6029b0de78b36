"""Complaint reviews and cause analyses in the window."""
