"""Language understanding: from words to an intent with its slots."""
