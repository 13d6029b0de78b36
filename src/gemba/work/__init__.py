"""Use cases, one verb a file: what people do, put into records by one transaction each."""
