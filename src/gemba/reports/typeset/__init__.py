"""Lines of text from any writing system: fonts, direction, shaping and breaking. Knows no record and no page."""
