"""Pages of the intake room."""
