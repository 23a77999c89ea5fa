"""People who sign in, their roles and teams, and the custody of their keys."""
