"""Pages and pictures that are made from code and conversations."""
