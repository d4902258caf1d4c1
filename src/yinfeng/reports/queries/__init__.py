"""Reads of the report room."""
