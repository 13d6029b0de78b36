"""The one list of the window: keys first, lines on demand, the same everywhere."""
