"""The device: requests it sends, replies it reads, rules of a session, and the way to the skill."""
