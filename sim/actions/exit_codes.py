"""What a command tells the shell that called it."""

DONE = 0
FAULT = 1
USAGE_ERROR = 2
INTERRUPTED = 130
# What a shell says of a program that writes into a pipe nobody reads any more.
UNREAD = 141
