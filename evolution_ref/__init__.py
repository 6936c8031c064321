"""The reference implementation of the course's contract."""
