"""What people see: tables in the terminal, figures, process maps, one self-contained page."""
