"""From every number to the records behind it: one value that says what they are, and one page that shows them."""
