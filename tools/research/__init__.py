"""The simulation of misheard answers, whose figures docs/misheard.md gives."""
