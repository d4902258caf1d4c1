"""Sample places and the start of a new one keep no tables of their own."""
