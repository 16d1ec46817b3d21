"""Files of a locale or a language that is not here yet: laid out, and what they still lack."""
