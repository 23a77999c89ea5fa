"""A demonstration: made-up people, places of the real city, and reports that nobody ever made."""

from app.demo.loading import load_demo
from app.demo.people import sign_ins

__all__ = ["load_demo", "sign_ins"]
