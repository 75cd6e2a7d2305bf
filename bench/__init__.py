"""What Publisher costs, measured against what the library and the server cost alone."""
