"""What each command of ``run.py`` does: one file a command, imported when it is asked for."""
