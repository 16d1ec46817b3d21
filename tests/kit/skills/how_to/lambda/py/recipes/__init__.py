"""What the skill knows to make, and how it says so."""
