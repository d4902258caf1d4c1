"""Serving the product from one process: web pages on waitress, jobs on a thread beside them."""
