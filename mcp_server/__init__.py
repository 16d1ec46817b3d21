"""The same guide for other assistants, by the Model Context Protocol.

The engine decides; a language model only relays.
"""

from tools.entry import guard

guard("`make mcp`")
