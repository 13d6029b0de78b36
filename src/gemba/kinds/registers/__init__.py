"""What differs between registers: one declarative file a family. All entries have one shape (`RegisterEntry`)."""
