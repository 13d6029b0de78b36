"""What goes on with a finding: contained, found again, looked for elsewhere, and how it looks after the change."""
