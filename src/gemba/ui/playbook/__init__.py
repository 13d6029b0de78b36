"""The playbook: what worked, where else it would help, and what became of closed work."""
