"""What can be told from people's own words on this machine: personal data, languages, likeness, themes, labels."""
