"""The rule language: patterns over a sentence's tokens, compiled to regular expressions over their symbols.

A pattern is a row of atoms, read from left to right:

    METRIC of VALUES ~3 on BENCHMARKS RESPECTIVELY?

- `CLASS` in capitals: a mention (VALUE, METRIC, BENCHMARK, ...), a lexicon class (ACHIEVE, ...) or a macro.
- `word` or `"a phrase"`: that very word.
- `A|B` one of two; `( ... | ... )` groups; `?`, `*`, `+`, `{m,n}` repeat; `^` and `$` are a sentence's
  ends.
- `~`, `~5`: up to three, up to five tokens of any sort but numbers, metrics, commas, parentheses, full
  stops and words that open a clause (while, which, ...).
- `PAREN`: a whole parenthesis.
- `!X` not followed by X; `<X` preceded by X; `<!X` not preceded by X.
- `name:X` captures X under a name. VALUE, METRIC and BENCHMARK are captured under `value`, `metric` and
  `benchmark` by themselves; `_:X` keeps X out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson
import regex

from leaderboard import expressions as re
from leaderboard.lexicon import Lexicon
from leaderboard.mentions.tokens import MENTIONS
from leaderboard.rulebook.problems import Problem, did_you_mean
from leaderboard.rulelist import Meets, Rule, RuleList
from leaderboard.shapes import Pair, Shape, pairs

if TYPE_CHECKING:
    from leaderboard.rulebook.yamlfile import Document

GAP_STOPS = "pPoOtTqQfFdDiIMm(),;."
_AUTOMATIC = {
    **dict.fromkeys(
        (
            "VALUE",
            "PERCENT",
            "POINTS",
            "TIMES",
            "QUANTITY",
            "DECIMAL",
            "INTEGER",
            "SIGNED",
            "SPEED",
            "LEVEL",
            "PLAIN",
            "REAL",
            "ORDINAL",
        ),
        "value",
    ),
    "METRIC": "metric",
    "BENCHMARK": "benchmark",
}
_ATOM = re.compile(
    r"""\s*(?:
      (?P<gap>~(?P<most>\d*))
    | (?P<look><!|!|<)
    | (?P<group_name>[a-z_]+):\(
    | (?P<open>\()
    | (?P<close>\))
    | (?P<bar>\|)
    | (?P<anchor>[\^$])
    | (?P<repeat>[?*+]|\{\d*,?\d*\})
    | (?:(?P<name>[a-z_]+):)?(?:(?P<class>[A-Z][A-Z_]+)|(?P<word>[a-z][\w'.-]*)|"(?P<phrase>[^"]+)")
    )""",
    re.VERBOSE,
)
_UNKNOWN_CLASS = re.compile(r"no class (\w+)")
_AT_POSITION = re.compile(r" at position \d+$")


class PatternError(ValueError):
    """A pattern that cannot be read; `column` is the offset, from 0, of what is wrong, and `rule` the id of
    the rule, where that is known.
    """

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column
        self.rule = ""


def well_formed(source: str) -> Any:
    """The `regex` object of a regular expression; PatternError where there is none."""
    try:
        return regex.compile(source)
    except regex.error as error:
        raise PatternError(f"not well formed: {error}", 0) from error


class PatternCompiler:
    """Compiles patterns against a lexicon and the macros of the rule files."""

    def __init__(self, lexicon: Lexicon, macros: Mapping[str, str]) -> None:
        self.lexicon = lexicon
        self.macros = dict(macros)
        self._translated: dict[tuple[str, bool], str] = {}
        self._needed: dict[str, Needs] = {}
        self._clauses = "".join(sorted(lexicon.classes.get("CLAUSE", ())))

    def compile(self, pattern: str) -> Any:
        """The `regex` object of a pattern.

        Raises:
            PatternError: for an unknown class or a pattern that is not well formed.
        """
        return well_formed(self.translate(pattern))

    def translate(self, pattern: str, capture: bool = True, depth: int = 0) -> str:
        """The regular expression, as text, of a pattern."""
        if depth > 8:
            raise PatternError("macros nest too deeply, or one names itself", 0)
        out: list[str] = []
        position = 0
        pending = ""
        for match in _atoms(pattern):
            if match["look"]:
                pending = {"!": "(?!{})", "<": "(?<={})", "<!": "(?<!{})"}[match["look"]]
            else:
                piece = self._piece(match, position, capture and not pending, depth)
                out.append(pending.format(piece) if pending else piece)
                pending = ""
            position = match.end()
        if pattern[position:].strip():
            raise PatternError(f"cannot read {pattern[position:].strip()[:20]!r}", position)
        return "".join(out)

    def _piece(self, match: Any, position: int, capture: bool, depth: int) -> str:
        if match["gap"] is not None:
            most = match["most"] or "3"
            return f"[^{GAP_STOPS}{self._clauses}]{{0,{most}}}?"
        if match["group_name"]:
            return f"(?P<{match['group_name']}>"
        if match["open"]:
            return "(?:"
        for plain in ("close", "bar", "anchor"):
            if match[plain]:
                return str(match[plain])
        if match["repeat"]:
            return str(match["repeat"])
        name = match["name"]
        if match["class"]:
            return self._class(match["class"], name, position, capture, depth)
        symbol = regex.escape(self.lexicon.symbol(match["word"] or match["phrase"].lower()))
        return f"(?P<{name}>{symbol})" if name and name != "_" else symbol

    def _class(self, class_name: str, name: str | None, position: int, capture: bool, depth: int) -> str:
        if class_name == "PAREN":
            return r"(?:\([^()]{1,30}\))"
        if class_name in self.macros:
            inner = self._macro(class_name, position, capture and name is None, depth)
            return f"(?P<{name}>{inner})" if name and name != "_" and capture else f"(?:{inner})"
        symbols = MENTIONS.get(class_name) or "".join(sorted(self.lexicon.classes.get(class_name, ())))
        if not symbols:
            raise PatternError(f"there is no class {class_name}", position)
        source = _set(symbols)
        group = name or (_AUTOMATIC.get(class_name) if capture else None)
        return f"(?P<{group}>{source})" if group and group != "_" and capture else source

    def _macro(self, name: str, position: int, capture: bool, depth: int) -> str:
        source = self._translated.get((name, capture))
        if source is None:
            try:
                source = self.translate(self.macros[name], capture, depth + 1)
            except PatternError as error:
                raise PatternError(f"in the macro {name}: {error}", position) from None
            self._translated[name, capture] = source
        return source

    def needs_of_macro(self, name: str) -> Needs:
        """What a macro cannot do without."""
        found = self._needed.get(name)
        if found is None:
            found = self._needed[name] = needs(self.macros[name], self)
        return found

    def symbols_of(self, class_name: str) -> frozenset[str]:
        """The symbols of a class, for the quick test whether a rule can match at all."""
        return frozenset(MENTIONS.get(class_name) or self.lexicon.classes.get(class_name, frozenset()))


@lru_cache(maxsize=1024)
def _set(symbols: str) -> str:
    """A character set, neighbours written as ranges: long sets are slow to compile."""
    parts: list[list[int]] = []
    for point in sorted({ord(symbol) for symbol in symbols}):
        if parts and point == parts[-1][1] + 1:
            parts[-1][1] = point
        else:
            parts.append([point, point])
    pieces = []
    for low, high in parts:
        piece = regex.escape(chr(low)) if low < 128 else chr(low)
        if high > low:
            piece += "-" + (regex.escape(chr(high)) if high < 128 else chr(high))
        pieces.append(piece)
    return f"[{''.join(pieces)}]"


Needs = frozenset[frozenset[str]]
"""Sets of symbols; a sentence that a pattern matches has a symbol of each."""
_NOTHING_NEEDED: Needs = frozenset()
_VALUES = frozenset(MENTIONS["VALUE"])


def needs(pattern: str, compiler: PatternCompiler) -> Needs:
    """What a pattern cannot do without: outside of optional parts, and not only looked around for."""
    return _needs_of_group(iter(_atoms(pattern)), compiler)


@lru_cache(maxsize=4096)
def _atoms(pattern: str) -> tuple[Any, ...]:
    """The matches of a pattern's atoms, up to what cannot be read; macros are read again and again."""
    atoms = []
    position = 0
    while (match := _ATOM.match(pattern, position)) and match.end() > position:
        atoms.append(match)
        position = match.end()
    return tuple(atoms)


def _needs_of_group(atoms: Iterator[Any], compiler: PatternCompiler) -> Needs:
    """The needs of what stands before the next closing parenthesis, or before the end."""
    branches = [_NOTHING_NEEDED]
    last = _NOTHING_NEEDED  # kept back until it is known that no repeat makes it optional
    looking = False
    for atom in atoms:
        if atom["repeat"]:
            if atom["repeat"].startswith(("?", "*", "{0", "{,")):
                last = _NOTHING_NEEDED
            continue
        branches[-1] |= last
        last = _NOTHING_NEEDED
        if atom["close"]:
            break
        if atom["bar"]:
            branches.append(_NOTHING_NEEDED)
        elif atom["open"] or atom["group_name"]:
            last = _needs_of_group(atoms, compiler)
        elif atom["class"] or atom["word"] or atom["phrase"]:
            last = _needs_of_atom(atom, compiler)
        if looking:
            last = _NOTHING_NEEDED
        looking = bool(atom["look"])
    branches[-1] |= last
    return _needs_of_any(branches)


def _needs_of_atom(atom: Any, compiler: PatternCompiler) -> Needs:
    name = atom["class"]
    if name in compiler.macros:
        return compiler.needs_of_macro(name)
    if name == "PAREN":
        symbols = frozenset("(")
    elif name:
        symbols = compiler.symbols_of(name)
    else:
        symbols = frozenset(compiler.lexicon.symbol(atom["word"] or atom["phrase"].lower()))
    return frozenset((symbols,)) if symbols else _NOTHING_NEEDED


def _needs_of_any(branches: list[Needs]) -> Needs:
    """The needs of one of several branches: what all need, and one of what each needs most."""
    if len(branches) == 1 or not all(branches):
        return frozenset.intersection(*branches)
    one_of_each = frozenset[str]().union(*(min(branch, key=_commonness) for branch in branches))
    return frozenset.intersection(*branches) | {one_of_each}


def _commonness(symbols: frozenset[str]) -> tuple[bool, int]:
    """What is rare among needs sorts first: a value stands in nearly every sentence that is read."""
    return not symbols.isdisjoint(_VALUES), len(symbols)


def shape_of(pattern: str, compiler: PatternCompiler) -> Shape:
    """The shape of a pattern, by which a sentence that it cannot match is known before it is compiled."""
    return _shape_of_group(iter(_atoms(pattern)), compiler)


def _shape_of_group(atoms: Iterator[Any], compiler: PatternCompiler) -> Shape:
    """The shape of what stands before the next closing parenthesis, or before the end."""
    branches: Shape = [[]]
    looking = False
    for atom in atoms:
        part: Any = None
        if atom["close"]:
            break
        if atom["bar"]:
            branches.append([])
        elif atom["repeat"] and branches[-1]:
            least, most = _TIMES.get(atom["repeat"]) or _bounds(atom["repeat"])
            branches[-1][-1] = [least, most, [[branches[-1][-1]]]]
        elif atom["gap"] is not None:
            part = int(atom["most"] or 3)
        elif atom["open"] or atom["group_name"]:
            part = [1, 1, _shape_of_group(atoms, compiler)]
        elif atom["class"] in compiler.macros:
            part = [1, 1, shape_of(compiler.macros[atom["class"]], compiler)]
        elif atom["class"] == "PAREN":
            part = [1, 1, [["(", 30, ")"]]]
        elif atom["class"]:
            part = "".join(sorted(compiler.symbols_of(atom["class"])))
        elif atom["word"] or atom["phrase"]:
            part = compiler.lexicon.symbol(atom["word"] or atom["phrase"].lower())
        if looking:
            part = [0, 0, []]  # what is only looked at takes no place, even if a repeat follows
        if part is not None:
            branches[-1].append(part)
        looking = bool(atom["look"])
    return branches


_TIMES = {"?": (0, 1), "*": (0, -1), "+": (1, -1)}


def _bounds(repeat: str) -> tuple[int, int]:
    """The least and the most times of "{2,5}", "{2,}", "{,5}" or "{2}"."""
    least, comma, most = repeat.strip("{}").partition(",")
    return int(least or 0), int(most or -1) if comma else int(least or 0)


def pattern_problem(
    error: PatternError, document: Document, layer: str, number: int, compiler: PatternCompiler
) -> Problem:
    """What is wrong with the pattern of the rule that stands at `document.data[layer][number]`, and where."""
    entry = document.data[layer][number]
    key = "pattern" if entry.get("pattern") else "regex"
    spot = document.spot.at((layer, number, key))
    rest = str(entry.get(key, ""))[error.column :]
    column = spot.column + error.column + len(rest) - len(rest.lstrip())
    unknown = _UNKNOWN_CLASS.search(str(error))
    known = [*compiler.macros, *compiler.lexicon.classes, *MENTIONS]
    todo = did_you_mean(unknown[1], known) if unknown else "check brackets, quotes and repeats"
    said = _AT_POSITION.sub("", str(error))  # a position in what the pattern is compiled to
    what = f"the {key} of {entry.get('id')} cannot be read: {said}"
    return Problem(document.file, spot.line, column, what, todo, code="pattern")


def compile_rules(entries: Iterable[Mapping[str, Any]], compiler: PatternCompiler) -> RuleList:
    """Compile rule entries, in order; of two claims of one priority the earlier rule's wins.

    Raises:
        PatternError: with the id of the rule, for one whose pattern cannot be read.
    """
    rules = []
    needed: dict[frozenset[str] | Pair, int] = {}
    for order, entry in enumerate(entries):
        pattern = entry.get("pattern", "")
        priority = int(entry.get("priority", 50))
        source = _source(entry, compiler)
        mask = 0
        shape = shape_of(pattern, compiler) if pattern else []
        both: list[frozenset[str] | Pair] = [*needs(pattern, compiler), *pairs(shape)] if pattern else []
        for need in both:
            mask |= 1 << needed.setdefault(need, len(needed))
        rules.append(
            Rule(
                entry["id"],
                pattern,
                source,
                not pattern,
                priority,
                int(entry.get("binding") or priority),
                entry.get("gives") or {},
                mask,
                order,
                orjson.dumps(shape).decode() if pattern else "",
                not entry.get("builtin"),
            )
        )
    return RuleList(tuple(rules), _met_by(needed), (1 << len(needed)) - 1)


def _met_by(needed: Mapping[frozenset[str] | Pair, int]) -> dict[str, Meets]:
    """What each symbol meets of the needs, which are numbered."""
    met_by: dict[str, list[int]] = {}

    def note(symbols: Iterable[str], sort: int, bit: int) -> None:
        for symbol in symbols:
            met_by.setdefault(symbol, [0, 0, 0, 0])[sort] |= 1 << bit

    for need, bit in needed.items():
        if isinstance(need, frozenset):
            note(need, 0, bit)
        else:
            begin, end, at_once = need
            note(begin, 3 if at_once else 2, bit)
            note(end, 1, bit)
    return {symbol: (bits[0], bits[1], bits[2], bits[3]) for symbol, bits in met_by.items()}


def _source(entry: Mapping[str, Any], compiler: PatternCompiler) -> str:
    """The regular expression of a rule; one that is not built in is tried, as others are known to be good."""
    pattern = entry.get("pattern", "")
    try:
        source = compiler.translate(pattern) if pattern else str(entry["regex"])
        if not entry.get("builtin"):
            well_formed(source)
    except PatternError as error:
        error.rule = entry["id"]
        raise
    return source
