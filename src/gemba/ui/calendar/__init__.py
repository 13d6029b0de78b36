"""The calendar in the window: all that comes or is due, bodies, and their meetings."""
