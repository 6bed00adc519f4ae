"""The ways in: command line, web application, settings. Wiring only."""
