"""What clearance costs, who pays and who is paid: one ledger of lines in whole fen."""
