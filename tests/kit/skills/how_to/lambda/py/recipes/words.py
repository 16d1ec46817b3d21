"""The texts of each language."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    welcome: str
    again: str
    unknown: str
    help: str
    bye: str
    error: str
    recipes: dict[str, str]


_WORDS = {
    "en": Words(
        welcome="Welcome to the workshop. You could ask: how do I make a {}? What shall it be?",
        again="What would you like to make?",
        unknown="I don't know how to make {}. What else would you like to make?",
        help="Ask how to make something, such as a {}, or say stop. What shall it be?",
        bye="See you in the workshop.",
        error="Sorry, I did not get that. Please say it again.",
        recipes={
            "ladder": "A ladder is made of seven sticks.",
            "torch": "A torch is made of a stick and a piece of coal.",
        },
    ),
    "de": Words(
        welcome="Willkommen in der Werkstatt. Frag zum Beispiel: Wie baue ich eine {}? Was soll es sein?",
        again="Was möchtest du bauen?",
        unknown="Wie man {} baut, weiß ich nicht. Was möchtest du sonst bauen?",
        help="Frag, wie man etwas baut, zum Beispiel eine {}, oder sag Stopp. Was soll es sein?",
        bye="Bis bald in der Werkstatt.",
        error="Das habe ich nicht verstanden. Sag es bitte noch einmal.",
        recipes={
            "leiter": "Eine Leiter wird aus sieben Stöcken gebaut.",
            "fackel": "Eine Fackel wird aus einem Stock und einem Stück Kohle gebaut.",
        },
    ),
}


def of(locale: str) -> Words:
    return _WORDS.get(locale[:2], _WORDS["en"])
