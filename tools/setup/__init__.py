"""The environments that verbs run in: locks, and how packages get here."""
