"""The parts of the assessment report, one file each: facts in, blocks out."""
