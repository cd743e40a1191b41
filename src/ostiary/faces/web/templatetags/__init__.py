"""What templates can do beyond Django."""
