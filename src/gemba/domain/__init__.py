"""The nouns of the field and their rules: frozen values, with no window, database, file or clock."""
