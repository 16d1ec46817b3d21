"""The Alexa layer: what was understood becomes a move, a turn, and a reply in the user's locale."""
