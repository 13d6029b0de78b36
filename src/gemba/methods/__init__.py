"""Statistics of the field: arrays in, frozen results out, each with its source."""
