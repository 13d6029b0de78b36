"""Workbooks of every sort, read into and written from one shape; the way in is `gemba.forms.book`."""
