"""The board of actions in the window: lanes with limits, cards that are moved by keys, menu or hand."""
