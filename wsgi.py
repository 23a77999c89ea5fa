"""The application, for a web server."""

from app.factory import create_app
from core.settings import Settings

app = create_app(Settings.from_env())
