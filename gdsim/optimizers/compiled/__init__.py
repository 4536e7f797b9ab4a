"""A rule's step, recorded once and printed as straight lines of Python."""
