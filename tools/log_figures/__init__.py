"""What ``make bench-log`` measures, a module a question."""
