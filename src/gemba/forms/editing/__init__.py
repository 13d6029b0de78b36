"""Editing a checklist as its author sees it: sections, questions, choices, languages, over the workbook that it is.

Every operation takes a `Book` and gives another one; the rows that did not change are shared, so that each step may be
kept for undo. Columns and sheets that are not known here are kept as they are.
"""
