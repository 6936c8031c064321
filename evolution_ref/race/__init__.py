"""The race: every way to test a population, measured on this machine, as a ladder."""
