"""Faults put into the verifier on purpose, one at a time, to see that its tests notice each."""
