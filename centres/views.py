"""Every page of the room, on one blueprint."""

from centres import list_views, logging_views, oversight_views, token_views
from centres.blueprint import blueprint

__all__ = ["blueprint", "list_views", "logging_views", "oversight_views", "token_views"]
