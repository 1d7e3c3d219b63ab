"""What scripts/demo shows once everything is installed and built."""
