"""Real services for the tests: started with the session, gone with it."""
