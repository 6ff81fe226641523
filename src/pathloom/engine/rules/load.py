"""Rule files: YAML in, values out, every mistake at once with its line."""

from __future__ import annotations

import functools
from pathlib import Path

from pathloom.engine.errors import Problem, Problems, RuleError, nearest
from pathloom.engine.kept import keep
from pathloom.engine.page import Page, in_order, parse_page, read_page
from pathloom.engine.rules.cache import key_of, read_kept
from pathloom.engine.rules.check import check_file
from pathloom.engine.rules.layers import compose
from pathloom.engine.rules.nodes import Rulebook, RuleFile
from pathloom.engine.rules.syntax import RuleFileSyntax, known_keys
from pathloom.engine.rules.values import Builder

PACKAGED = Path(__file__).parents[2] / "rulebook"

_OTHER_FILES = frozenset({"numbers.yaml", "pathways.yaml"})  # read by `pathways`


def load_rule_file(path: Path, *, where: str = "") -> RuleFile:
    """Read one rule file, and the rules that it extends.

    Those are looked up in the rulebook that the file stands in (one folder per jurisdiction),
    then in the packaged one.

    Args:
        path: a YAML file in the rule language (``rules.syntax``); credits in units, not hundredths.
        where: how messages name the file; the path, if empty.
    Raises:
        RuleError: every mistake found, as ``file:line: what. What to do.``
    """
    return _Reader((path.resolve().parent.parent, PACKAGED)).read(path, where=where)


def load_rulebook(root: Path | None = None, *, cache: Path | None = None) -> Rulebook:
    """Read every rule file under ``root``, the packaged rulebook by default.

    Files are read once per process; with a file ``cache``, once until one of them changes. Raises
    RuleError with the mistakes of all files.
    """
    return _load_rulebook(root or PACKAGED, cache)


@functools.cache
def _load_rulebook(root: Path, kept_in: Path | None) -> Rulebook:
    if kept_in is None:
        return _read_rulebook(root)
    frameworks = sorted((root / "frameworks").glob("*.yaml"))
    key = key_of(dict.fromkeys((*rule_files(root), *rule_files(PACKAGED), *frameworks)))
    found = read_kept(kept_in, key)
    if found is None:
        found = _read_rulebook(root)
        keep(kept_in, key, found)
    return found


def _read_rulebook(root: Path) -> Rulebook:
    problems = Problems()
    files: list[RuleFile] = []
    reader = _Reader((root, PACKAGED))
    for path in rule_files(root):
        try:
            files.append(reader.read(path, where=reader.shown(path)))
        except RuleError as error:
            problems.extend(each for each in error.problems if each not in tuple(problems))
    seen: dict[str, str] = {}
    for file in files:
        if file.id in seen:
            problems.add(
                f"{file.path}:1", f"'{file.id}' is also in {seen[file.id]}", "Keep one of them."
            )
        seen.setdefault(file.id, file.path)
    problems.raise_if_any(RuleError)
    frameworks = tuple(sorted(path.stem for path in (root / "frameworks").glob("*.yaml")))
    return Rulebook(tuple(sorted(files, key=lambda file: file.id)), frameworks)


def rule_files(root: Path) -> tuple[Path, ...]:
    """The rule files under a rulebook: one folder per jurisdiction, cases left out; sorted."""
    return tuple(
        path
        for path in sorted(root.glob("us*/*.yaml"))
        if not path.name.endswith(".cases.yaml") and path.name not in _OTHER_FILES
    )


class _Reader:
    """Reads rule files, each of them once; ``roots`` are where rules underneath are looked up."""

    def __init__(self, roots: tuple[Path, ...]) -> None:
        self.roots = roots
        self.done: dict[Path, RuleFile] = {}
        self.open: list[Path] = []

    def read(self, path: Path, *, where: str) -> RuleFile:
        key = path.resolve()
        if key not in self.done:
            self.open.append(key)
            try:
                self.done[key] = self.read_anew(path, where)
            finally:
                self.open.remove(key)
        return self.done[key]

    def read_anew(self, path: Path, where: str) -> RuleFile:
        page, problems = read_page(path, where=where)
        syntax = parse_page(page, RuleFileSyntax, problems=problems, known=known_keys)
        if syntax is None:
            raise RuleError(in_order(problems))
        below = self.below(syntax, page)
        check_file(syntax, page, problems, below=below)
        file = Builder(syntax, page).file()
        if below is not None:
            file = compose(file, below, syntax=syntax, page=page, problems=problems)
        if problems:
            raise RuleError(in_order(problems))
        return file

    def below(self, syntax: RuleFileSyntax, page: Page) -> RuleFile | None:
        """Read the rules underneath an overlay; RuleError where there are none, or in a circle."""
        if syntax.extends is None:
            return None
        place = page.place(("extends",))
        for root in self.roots:
            path = root / f"{syntax.extends}.yaml"
            if path.resolve() in self.open:
                what = f"'{syntax.extends}' extends these rules in turn"
                raise RuleError([Problem(place, what, "Name the rules underneath.")])
            if path.is_file():
                return self.read(path, where=self.shown(path))
        known = {
            f"{path.parent.name}/{path.stem}" for root in self.roots for path in rule_files(root)
        }
        what = f"no rules '{syntax.extends}' to extend"
        raise RuleError([Problem(place, what, nearest(syntax.extends, known))])

    def shown(self, path: Path) -> str:
        """How messages name a file of a rulebook: ``rulebook/us-ga/diploma.yaml``."""
        return "/".join(path.parts[-3:])
