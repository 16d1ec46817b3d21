"""Spoken words held against the rules of the house and of the ear."""
