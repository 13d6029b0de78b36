"""Reads recorded answers of other tools, family by family, and works each one out again."""
