"""Interaction models and manifest: how they are written, and what they are held against."""
