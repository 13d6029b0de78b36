"""Boxes on pages, in millimetres from the top and from where reading begins. Knows no record."""
