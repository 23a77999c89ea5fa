"""The desk: queue, assessment, referral to agencies, and the answer that comes back."""
