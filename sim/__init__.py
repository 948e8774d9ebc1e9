"""portclear: a discrete-event simulator of port clearance reforms."""

__version__ = "0.1.0"
