"""Mechanisms that know no feature: database, clock, sealing, audit, outbox, access."""
