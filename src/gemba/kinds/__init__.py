"""What differs between kinds of assessment: one declarative file each."""
