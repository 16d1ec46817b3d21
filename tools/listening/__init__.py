"""Spoken answers and spoken lines as a recogniser hears them."""
