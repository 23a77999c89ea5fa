"""Speed beside its floors: what each path costs, and what the least honest system would pay for the same."""
