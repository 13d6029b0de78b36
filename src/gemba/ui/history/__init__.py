"""The history of any record, in words, beside the record itself; and taking its last change back."""
