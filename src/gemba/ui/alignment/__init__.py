"""What was promised to customers, what sites decide by themselves, and how far both agree."""
