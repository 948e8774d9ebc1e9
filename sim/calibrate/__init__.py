"""What is learned from data: models of risk."""
