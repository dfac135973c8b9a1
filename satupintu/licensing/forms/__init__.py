"""What people type about files and papers."""
