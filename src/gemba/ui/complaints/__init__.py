"""The page of complaints: the list, one complaint beside it, entry by hand, targets and vocabularies."""
