"""Trends: a month of reports, counted, compared with the year before, and shown without finding anybody."""
