"""What people see of a sensitivity study."""
