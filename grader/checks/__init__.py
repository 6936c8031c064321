"""The checks: pytest functions that run outside the seal; visible/ is copied to the students, hidden/ never."""
