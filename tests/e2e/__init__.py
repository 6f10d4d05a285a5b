"""The service as its users meet it: a real browser, a real server, a real database."""
