"""Time studies in the window: elements, the stopwatch, and what the times tell."""
