"""Writing a checklist in the window: its outline, what each item says, how it looks, and what is wrong with it."""
