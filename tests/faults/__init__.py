"""Faults on purpose, in seconds: killed workers, a lost queue, and a search for what must not lie about."""
