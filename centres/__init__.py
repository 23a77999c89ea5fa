"""Registered reporting centres: their staff log reports for visitors."""
