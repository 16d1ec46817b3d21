"""A skill as its folder holds it: its handler, its models, its manifest, and what else it hands in.

What only that skill can tell, such as how it reads people's own words, is named in the table
``tool.simulator`` of its ``pyproject.toml``; `Hooks` lists what may stand there, and any may be missing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import chdir, nullcontext
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from simulator.files import BrokenFileError, fill, read_json, read_toml, shown
from simulator.understanding.model import InteractionModel, load_model, locales
from simulator.understanding.resolve import Resolution, Resolver
from simulator.understanding.roles import NO_ROLES
from simulator.understanding.words import Language, language_of

Handler = Callable[[dict[str, Any], Any], dict[str, Any] | None]
MODELS = ("interaction_models", "models", "skill-package/interactionModels/custom")
"""Folders in which the models are looked for, in this order."""
MANIFESTS = ("skill.json", "skill-package/skill.json")
SOURCES = ("lambda", "lambda/py", "lambda/custom", ".")
"""Folders in which the handler's module is looked for, in this order."""
HANDLER = "lambda_function:lambda_handler"


class NoSkillError(LookupError):
    """A folder in which something of a skill is not found; the message says what, and what to do."""


class Hooks(NamedTuple):
    """Everything that a skill hands in besides: ``module:name`` for code, a path in its folder for data."""

    who: str = "Skill"
    """The page's name for who speaks."""
    anywhere: bool = False
    """True for code that finds its own files wherever it runs: else it runs in its folder, as on Lambda."""
    other_port: str = "--port {port}"
    """How the page is put on another port, to whoever finds the one taken."""
    page: str = ""
    """A folder of scripts for the page: ``beside.js`` draws the diagram."""
    roles: str = ""
    """`Roles` of its intents in the understanding of words."""
    language: str = ""
    """A folder with more words of its languages (``en.toml``), in the tables of ``builtins/``."""
    codes: str = ""
    """A file with its codes in plain words, a table for each kind (``intent``, ``stand`` for attributes)."""
    diagram: str = ""
    """A function without arguments that returns the diagram beside the page."""
    reading: str = ""
    """A function of a request that returns how free words in it are read, as JSON, or None."""
    understood: str = ""
    """A function of a resolver and words that returns what they mean to the skill."""
    lines: str = ""
    """A function of a reading that returns the lines for a terminal."""
    state: str = ""
    """A function of session attributes that returns the lines for a terminal."""
    outcome: str = ""
    """A function of a handler, a resolver and words that returns what comes of them, as JSON."""
    expectations: str = ""
    """More that tests may expect: `simulator.testing.Own`."""
    hearing: str = ""
    """A file with the names by which the speaker hears: `simulator.speaker.settings.Names`."""
    kept: str = ""
    """A function of the attributes before a turn and the turn: what a test that is kept expects of it."""


class Skill:
    """One skill. What it has is loaded when it is first asked for, and once.

    `root` is its folder. `handler` is named ``module:name``; without it, ``lambda_function.py`` is looked for
    in `SOURCES`.
    """

    def __init__(self, root: Path, handler: str = "") -> None:
        """Raises `NoSkillError` where there is no such folder, or `handler` is no ``module:name``."""
        self.root = root.resolve()
        self._named = handler
        self._resolvers: dict[str, Resolver] = {}
        self._languages: dict[str, Language] = {}
        self._hooked: dict[str, Any] = {}
        if not self.root.is_dir():
            raise NoSkillError(f"{shown(root)}: no such folder; --skill takes the one that holds the skill")
        if handler and not all(handler.partition(":")):
            raise NoSkillError(f"{handler!r} names no handler: write it as module:name, such as {HANDLER}")

    @staticmethod
    def at(root: Path, handler: str = "") -> Skill:
        """The skill in a folder, always the same one."""
        return _at(root.resolve(), handler)

    @cached_property
    def models(self) -> Path:
        """The folder of its models; raises `NoSkillError` where there is none."""
        found = next((each for name in MODELS if locales(each := self.root / name)), None)
        if found is None:
            looked = ", ".join(f"{name}/" for name in MODELS)
            raise NoSkillError(
                f"{shown(self.root)}: no interaction models (looked in {looked} for files such as en-US.json)"
            )
        return found

    @property
    def locales(self) -> list[str]:
        """Every locale that has a model, in alphabetical order."""
        return locales(self.models)

    def model(self, locale: str) -> InteractionModel:
        """The model of a locale; raises `LookupError` where it has none."""
        return load_model(locale, self.models)

    def language(self, locale: str) -> Language:
        """The language of a locale, with the words that the skill adds; raises as ``language_of`` does."""
        name = locale.partition("-")[0]
        if name not in self._languages:
            own = self.root / self.hooks.language / f"{name}.toml"
            more = read_toml(own) if self.hooks.language and own.is_file() else {}
            self._languages[name] = language_of(locale).with_more(more)
        return self._languages[name]

    def resolver(self, locale: str) -> Resolver:
        """The understanding of a locale, built once; raises `LookupError` as `model` and `language` do."""
        if locale not in self._resolvers:
            model, roles = self.model(locale), self.hook("roles") or NO_ROLES
            self._resolvers[locale] = Resolver(model, self.language(locale), locale, roles)
        return self._resolvers[locale]

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """The content of its ``skill.json``; raises `NoSkillError` where there is none."""
        path = next((each for name in MANIFESTS if (each := self.root / name).is_file()), None)
        if path is None:
            raise NoSkillError(
                f"{shown(self.root)}: no manifest (looked for {', '.join(MANIFESTS)}); "
                "`ask init` or the developer console's export writes one"
            )
        manifest: Mapping[str, Any] = read_json(path)["manifest"]
        return manifest

    def listing(self, locale: str) -> Mapping[str, Any]:
        """The store's page of it in a locale; empty where it says nothing, or there is no manifest."""
        try:
            said = self.manifest.get("publishingInformation", {}).get("locales", {})
        except NoSkillError:
            return {}
        return dict(said.get(locale) or {})

    @property
    def title(self) -> str:
        """Its name, whatever the locale."""
        return self.name("en-US" if "en-US" in self.locales else self.locales[0])

    @cached_property
    def version(self) -> str:
        """The version in its ``pyproject.toml``; empty where it has none."""
        return str(self._project.get("project", {}).get("version", ""))

    @cached_property
    def _project(self) -> Mapping[str, Any]:
        path = self.root / "pyproject.toml"
        return read_toml(path) if path.is_file() else {}

    def name(self, locale: str) -> str:
        """Its name in a locale: the store's, else the one that it is called by, else its folder's."""
        listed = self.listing(locale).get("name")
        if listed:
            return str(listed)
        return self.model(locale).invocation.title() if locale in self.locales else self.root.name

    @cached_property
    def hooks(self) -> Hooks:
        """The names of all that it hands in; raises `BrokenFileError` for an unknown one."""
        return fill(Hooks, self._project.get("tool", {}).get("simulator", {}))

    def hook(self, name: str) -> Any:  # noqa: ANN401 - each hook has a signature of its own
        """The function or value that the skill hands in by this name; None where it hands in none."""
        if name not in self._hooked:
            named: str = getattr(self.hooks, name)
            if named:
                _out_of_the_way(self.root, {named.partition(":")[0].partition(".")[0]})
            self._hooked[name] = _attribute(self.root, named) if named else None
        return self._hooked[name]

    @cached_property
    def handler(self) -> Handler:
        """Its handler, imported as Lambda imports it.

        Raises `NoSkillError` where it is not there, `BrokenFileError` where the skill refuses its own data.
        """
        source = self._source()
        packages = () if source == self.root else (each.parent.name for each in source.glob("*/*.py"))
        _out_of_the_way(source, {each.stem for each in source.glob("*.py")}.union(packages))
        try:
            with nullcontext() if self.hooks.anywhere else chdir(source):
                handler: Handler = _attribute(self.root, self._named or HANDLER)
        except NoSkillError:
            raise
        except Exception as error:
            if refused := refused_data(error):
                raise BrokenFileError(refused) from error
            raise
        return handler if self.hooks.anywhere else _working_in(source, handler)

    def understood(self, resolver: Resolver, words: str) -> Resolution:
        """The meaning of words to it: what they resolve to, unless the skill itself reads more in them."""
        read = self.hook("understood")
        found: Resolution = read(resolver, words) if read else resolver.resolve(words)
        return found

    def _source(self) -> Path:
        """The folder of the handler's module."""
        file = (self._named or HANDLER).partition(":")[0].replace(".", "/")
        for name in SOURCES:
            found = self.root / name / file
            if found.with_suffix(".py").is_file() or (found / "__init__.py").is_file():
                return self.root / name
        looked = ", ".join(f"{name}/{file}.py".removeprefix("./") for name in SOURCES)
        raise NoSkillError(
            f"{shown(self.root)}: no handler (looked for {looked}); name it with --handler module:name"
        )


@cache
def _at(root: Path, handler: str) -> Skill:
    return Skill(root, handler)


@cache
def here() -> Skill:
    """The skill whose clone this package lies in; where it was installed, the one in the current folder."""
    clone = Path(__file__).resolve().parents[1]
    return Skill.at(clone if (clone / MANIFESTS[0]).is_file() else Path.cwd())


def refused_data(error: BaseException | None) -> str:
    """Faults of the skill's own data, where that is what it raised; empty for any other error."""
    return "\n".join(getattr(error, "problems", ()))


def _attribute(root: Path, named: str) -> Any:  # noqa: ANN401 - whatever stands there
    """The thing that ``module:name`` names in the skill of a folder."""
    module, _, name = named.partition(":")
    found = import_module(module)
    if not hasattr(found, name):
        raise NoSkillError(
            f"{shown(root)}: {module} has no {name!r}; name the handler with --handler module:name"
        )
    return getattr(found, name)


def _working_in(folder: Path, handler: Handler) -> Handler:
    """The handler, run in the folder of its code."""

    def handle(event: dict[str, Any], context: object) -> dict[str, Any] | None:
        with chdir(folder):
            return handler(event, context)

    return handle


def _out_of_the_way(source: Path, names: set[str]) -> None:
    """Make imports find modules in this folder, even if another skill left some under the same names."""
    if str(source) in sys.path:
        sys.path.remove(str(source))
    sys.path.insert(0, str(source))
    for name, module in [*sys.modules.items()]:
        place = getattr(module, "__file__", None)
        foreign = place is not None and not Path(place).resolve().is_relative_to(source)
        if name.partition(".")[0] in names - {__package__} and foreign:
            del sys.modules[name]
