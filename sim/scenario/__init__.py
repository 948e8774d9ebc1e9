"""The typed, validated scenario: what a port, its traffic and its rules are."""
