"""The interaction model that a language's templates spell out for a locale, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from hassil.errors import HassilError
from hassil.expression import Sentence
from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError
from hassil.sample import sample_sentence

from tools.models.expansion import SLOT
from tools.models.templates import WORDS, Intent, Language, Sayings, Template

SPOKEN = re.compile(r"[^\W\d_]+(?:['.-]?[^\W\d_]+)*[.']?")
"""A word in the letters of any language; an accent is one character with its letter."""
_BUNDLE = re.compile(r"<([^<>]*)>")
_GLUED_SLOT = re.compile(r"\S\{|\}\S")


class TemplateError(ValueError):
    """A template that cannot be spelled out; says why."""


class Speller:
    """Spells out templates with the words of one locale."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Take the template of each bundle of words by its name."""
        self._words = words
        self._spelled: dict[str, tuple[str, ...]] = {}

    def phrases(self, text: str) -> tuple[str, ...]:
        """Everything that a template can be said as, each once and in the order in which it is written.

        Raises:
            TemplateError: a bracket is open, a bundle is unknown or holds itself, or nothing is said.

        """
        if text not in self._spelled:
            self._spelled[text] = self._spell(text)
        return self._spelled[text]

    def _spell(self, text: str) -> tuple[str, ...]:
        bundles = dict.fromkeys(self._bundles(text, ()))
        return _sampled(text, tuple((name, self._words[name]) for name in bundles))

    def _bundles(self, text: str, within: tuple[str, ...]) -> Iterator[str]:
        for name in _BUNDLE.findall(text):
            if name not in self._words:
                raise TemplateError(f"<{name}> is not in {WORDS}")
            if name in within:
                raise TemplateError(f"<{name}> holds itself")
            yield from self._bundles(self._words[name], (*within, name))
            yield name


@cache
def _parsed(text: str) -> Sentence:
    if not text.strip():
        raise TemplateError("it can be said as nothing at all")
    try:
        return parse_sentence(text)
    except ParseError as error:
        raise TemplateError(str(error)) from error


@cache
def _sampled(text: str, bundles: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Spell out once for all locales: most templates hold no bundle that they word differently."""
    rules = {name: _parsed(words) for name, words in bundles}
    sampled = sample_sentence(_parsed(text), expansion_rules=rules, expand_lists=False)
    try:
        phrases = tuple(dict.fromkeys(" ".join(said.split()) for said in sampled))
    except HassilError as error:
        raise TemplateError(str(error)) from error
    if "" in phrases:
        raise TemplateError("it can be said as nothing at all")
    return phrases


def speller(language: Language, locale: str) -> Speller:
    """Spell out as people of ``locale`` say it."""
    words = language.words.items()
    return Speller({name: each if isinstance(each, str) else each[locale] for name, each in words})


def model(language: Language, locale: str) -> dict[str, Any]:
    """The interaction model of ``locale``, in the order in which the language is written.

    Raises:
        TemplateError: a template is at fault; ``faults`` says which.

    """
    spell, settings = speller(language, locale), language.locales[locale]
    return {
        "interactionModel": {
            "languageModel": {
                "invocationName": settings.invocation,
                "modelConfiguration": {"fallbackIntentSensitivity": {"level": settings.fallback_sensitivity}},
                "intents": [
                    _intent(name, intent, _said(intent.samples, locale, spell))
                    for name, intent in language.intents.items()
                ],
                "types": [
                    {
                        "name": name,
                        "values": [
                            _value(id_, phrases)
                            for id_, sayings in values.items()
                            if (phrases := _said(sayings, locale, spell))
                        ],
                    }
                    for name, values in language.values.items()
                ],
            }
        }
    }


def _said(sayings: Sayings, locale: str, spell: Speller) -> list[str]:
    return list(dict.fromkeys(said for each in sayings.of(locale) for said in spell.phrases(each.text)))


def _intent(name: str, intent: Intent, samples: list[str]) -> dict[str, Any]:
    slots = [
        {"name": slot, "type": each.type} | ({"multipleValues": {"enabled": True}} if each.multiple else {})
        for slot, each in intent.slots.items()
    ]
    return {"name": name} | ({"slots": slots} if slots else {}) | {"samples": samples}


def _value(id_: str, phrases: list[str]) -> dict[str, Any]:
    first, *others = phrases
    return {"id": id_, "name": {"value": first, "synonyms": others}}


def faults(language: Language) -> list[str]:
    """Every template that cannot be used, each with its file and table."""
    spellers = {locale: speller(language, locale) for locale in language.locales}
    found: list[str] = []
    for locale, spell in spellers.items():
        samples = {name: each.samples.of(locale) for name, each in language.intents.items()}
        found += _of_locale(samples, spell, {name: each.slots for name, each in language.intents.items()})
        for values in language.values.values():
            phrases = {id_: sayings.of(locale) for id_, sayings in values.items()}
            found += _of_locale(phrases, spell, dict.fromkeys(phrases, ()))
    if not found:
        for sayings in _all_sayings(language):
            found += _adds_nothing(sayings, spellers)
        found += _unused(language)
    return list(dict.fromkeys(found))


def _of_locale(
    lists: Mapping[str, Iterable[Template]], spell: Speller, slots: Mapping[str, Container[str]]
) -> Iterator[str]:
    owners: dict[str, tuple[str, Template]] = {}
    for name, templates in lists.items():
        for template in templates:
            try:
                phrases = spell.phrases(template.text)
            except TemplateError as error:
                yield template.fault(str(error))
                continue
            for phrase in phrases:
                yield from map(template.fault, _unspeakable(phrase, slots[name]))
                owner, other = owners.setdefault(phrase, (name, template))
                if owner != name:
                    yield template.fault(f"{phrase!r} is said by {other.text!r} of {other.place} too")


def _unspeakable(phrase: str, slots: Container[str]) -> Iterator[str]:
    for slot in SLOT.findall(phrase) if "{" in phrase else ():
        if slot not in slots:
            yield f"there is no slot {slot!r}"
    yield from _ill_formed(phrase)


@cache
def _ill_formed(phrase: str) -> tuple[str, ...]:
    glued = [f"{phrase!r}: words and slots are parted by spaces"] if _GLUED_SLOT.search(phrase) else []
    words = (word for word in SLOT.sub(" ", phrase).split() if not is_spoken(word))
    return (
        *glued,
        *(f"{word!r} is not a word in lower case letters, as Alexa wants them" for word in words),
    )


def is_spoken(word: str) -> bool:
    """True for a word in lower case letters, as Alexa wants them."""
    return SPOKEN.fullmatch(word) is not None and word == word.lower()


def _all_sayings(language: Language) -> Iterator[Sayings]:
    yield from (intent.samples for intent in language.intents.values())
    yield from (sayings for values in language.values.values() for sayings in values.values())


def _adds_nothing(sayings: Sayings, spellers: Mapping[str, Speller]) -> Iterator[str]:
    new: dict[Template, bool] = {}
    for locale, spell in spellers.items():
        before: set[str] = set()
        for template in sayings.of(locale):
            phrases = spell.phrases(template.text)
            new[template] = new.get(template, False) or not before.issuperset(phrases)
            before.update(phrases)
    yield from (
        template.fault("those before it say all of this") for template, adds in new.items() if not adds
    )


def _unused(language: Language) -> Iterator[str]:
    texts = [
        t.text for s in _all_sayings(language) for each in (s.everywhere, *s.besides.values()) for t in each
    ]
    for bundle in language.words.values():
        texts += [bundle] if isinstance(bundle, str) else bundle.values()
    used = {name for text in texts for name in _BUNDLE.findall(text)}
    yield from (
        f"{language.folder}/{WORDS}: no template says <{name}>" for name in language.words if name not in used
    )
