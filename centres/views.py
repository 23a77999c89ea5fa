"""Every page of the room, on one blueprint."""

from centres import kept_report_views, list_views, logging_views, visitor_views, visits_views
from centres.blueprint import blueprint

__all__ = ["blueprint", "kept_report_views", "list_views", "logging_views", "visitor_views", "visits_views"]
