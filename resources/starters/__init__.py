"""The starter library's readable sources, and the command that builds its workbooks (docs/starter-library.md)."""
