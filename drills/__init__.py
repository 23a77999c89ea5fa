"""Rehearsals of what must never happen: kills, losses, leaks. Each prints its figures."""
