"""Every page of the desk and of the agencies, on one blueprint."""

from triage import agency_views, placing_views, queue_views, referring_views, report_views
from triage.pages import blueprint

__all__ = ["agency_views", "blueprint", "placing_views", "queue_views", "referring_views", "report_views"]
