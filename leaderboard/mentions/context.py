"""What a reader knows of a paper before the sentence at hand: the names of its system and of the benchmark it
introduces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from leaderboard import expressions as re
from leaderboard.mentions.kinds import NameKinds
from leaderboard.mentions.wording import Wording

_SEPARATORS = re.compile(r"[\W_]+")
_COMMON = re.compile(r"^(?:[A-Z]?[a-z]+|[A-Z])$")
_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Z0-9&\-+]{1,9}s?$|[A-Z]{1,3}\d{1,3}$")
ADJECTIVE = re.compile(
    r"(?i)-(?:based|style|like|level|free|compatible|friendly|capable|efficient|robust|ready|native|"
    r"aware|guided|driven|trained|tuned|generated|specific|only|oriented|inspired|enhanced|augmented|agnostic|"
    r"centric|wise|type|related|induced|derived|powered|enabled|assisted|labell?ed|sized|scale|shot|to-\w+|"
    r"end|class|party|optimal|optimi[sz]ed|script|token|invariant|equivariant|dependent|independent|"
    r"curated|language|using|compliant|on)$|(?-i:-[a-z]{3,}(?:ed|ing)$)"
)
_MACRO = re.compile(r"(?:model|method|ours?|my)[A-Z]")
"""A LaTeX macro that nothing has expanded: "modelInTable-Base"."""
_SHAPED = re.compile(r"[A-Z]-[a-z]{4,}$")
"""A thing that a letter tells the shape or sort of: T-shirts, U-bolts."""
_PREFIX = re.compile(r"(?:anti|cross|far|inter|intra|near|non|post|pre|semi)-")
_ENUMERATED = re.compile(
    r"(?:Sub-?)?(?:Task|Class|Type|Level|Stage|Phase|Track|Group|Set|Exp|Experiment|Model|Method|Case|Part|"
    r"Step|Category|Scenario)[-–]?(?:[A-Z]|\d+)$"
)
_DATA_NAME = re.compile(
    r"(?:[-_](?:DS|D|Bench|Test|Eval|QA|\d+[kKM])|Bench|Set|Data|Dataset|Corpus|Eval|DB)$"
)
_JOINTS = re.compile(r"[+&]")
_COUNT = re.compile(r"\d+[x×](?=[A-Z])")
"""How many machines there are: "8xA100"."""
_PARTS = re.compile(r"^|[-+ ](?=\w{4})")
_SEVERAL = re.compile(r"[a-z]?[A-Z]{2,}s$")
"""An abbreviation in the plural, which counts things: PDEs, GPUs."""
INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
_PATCHES = re.compile(r"-(?:Ti|XL|[A-Z])/\d+$")
"""How models of images in patches are named: ViT-B/16."""
_METRIC_NAME = re.compile(
    r"[a-z\d-](?:Score|Acc|Error|Err|Loss|Rate|Sim|Recall|Precision|Dist|Corr|Rank|Index)$"
)
BENCH_WORD = re.compile(r"(?:bench|eval|arena|qa|gym|challenge|suite)\d*(?:[-_]\w+)?\+*$", re.IGNORECASE)


def squeeze(name: str) -> str:
    """A name without case and separators, to compare names by."""
    if name.isalnum():
        return name.lower()
    return _SEPARATORS.sub("", name).lower()


@dataclass(slots=True)
class Context:
    """The paper's own names, and what kinds of word are names of systems.

    `own` holds the squeezed names of the paper's system, the main one first; `resources` those of benchmarks
    and data sets that the paper introduces, with the printed form.
    """

    own: dict[str, str] = field(default_factory=dict)
    resources: dict[str, str] = field(default_factory=dict)
    kinds: NameKinds = field(default_factory=lambda: NameKinds())
    wording: Wording = field(default_factory=lambda: Wording({}))
    is_resource_paper: bool = False
    """The paper introduces a benchmark and no system: its numbers are those of others' systems."""
    concepts: frozenset[str] = frozenset()
    """Squeezed abbreviations that stand for common nouns, as in "blood pressure (BP)"."""
    not_metrics: frozenset[str] = frozenset()
    """Squeezed abbreviations of metrics that stand for something else: "acute pancreatitis (AP)"."""
    named_in_title: bool = False
    """The benchmark that the paper introduces is what its title begins with."""
    named_by_title: bool = False
    """The system's name is what the title begins with."""
    is_evaluation: bool = False
    """The paper compares others' systems and proposes none."""
    speaks_from: int = 0
    """Where the abstract begins to speak of the paper itself, or of its system by name: what stands before is
    about the world, or others.
    """
    event: str = ""
    """The shared task that the title says a team took part in: "Torrent at HarborEval 2024"."""
    called: Callable[[], str] = lambda: ""
    """What the paper calls its system, if none of its own names is known; looked for when a row needs it."""
    _known_symbols: dict[tuple[str, bool], str] = field(default_factory=dict)
    _known_own: dict[str, str] = field(default_factory=dict)
    _long_names: dict[str, list[list[str]]] | None = None

    @property
    def main_name(self) -> str:
        """The printed name of the paper's system, or empty."""
        return next(iter(self.own.values()), "")

    @property
    def main_resource(self) -> str:
        """The printed name of the benchmark that the paper introduces, or empty."""
        return next(iter(self.resources.values()), "")

    def symbol(self, printed: str, initial: bool) -> str:
        """The symbol of a word that the lexicon does not know; words come again and again, so each is looked
        at once.
        """
        key = (printed, initial)
        known = self._known_symbols.get(key)
        if known is None:
            known = self._known_symbols[key] = self.own_symbol(printed) or self.word_symbol(printed, initial)
        return known

    def words_of_own(self, lowered: list[str], i: int) -> int:
        """How many of the words from this one on are a name of the paper's system that has several, or 0:
        "Patient Teacher" is neither patient nor a teacher.
        """
        if self._long_names is None:
            self._long_names = {}
            for name in self.own.values():
                if " " in name:
                    words = name.lower().split()
                    self._long_names.setdefault(words[0], []).append(words)
        names = self._long_names.get(lowered[i], ())
        return max((len(name) for name in names if lowered[i : i + len(name)] == name), default=0)

    def own_symbol(self, printed: str) -> str:
        """`U` for the paper's own system (or a variant of its name), `B` for the benchmark that it
        introduces, else empty.
        """
        known = self._known_own.get(printed)
        if known is None:
            known = self._known_own[printed] = self._own_symbol(printed)
        return known

    def know_as_system(self, printed: str) -> None:
        """Take the resource that a name is, or is a variant of, for the paper's system from here on; or else
        the name itself.
        """
        names = [name for name in self.resources if squeeze(printed).startswith(name)]
        for name in names:
            self.own[name] = self.resources.pop(name)
        if not names:
            self.own[squeeze(printed)] = printed
        self._known_own.clear()
        self._known_symbols.clear()

    def _own_symbol(self, printed: str) -> str:
        if not self.own and not self.resources and not self.event:
            return ""
        key = squeeze(printed)
        if self.event and INNER_CAPITAL.search(printed) and key == squeeze(self.event.partition(" ")[0]):
            return "B"
        if key in self.own:
            return "U"
        if key in self.resources:
            return "B"
        if len(key) < 4 or (key == printed and key.isascii() and key.isalpha()) or _COMMON.match(printed):
            return ""
        for name, own in self.own.items():
            if len(name) >= 3 and (
                (key.startswith(name) and not _DATA_NAME.search(printed))
                or (name.endswith("s") and len(name) > 4 and key.startswith(name[:-1]))
            ):
                return "U"
            if any(
                len(part) >= 5 and key != part and key.startswith(part)
                for part in map(squeeze, own.split("-")[1:])
            ):
                return "U"  # Scaled-YOLOv4 comes as YOLOv4-tiny
        if any(part in self.own for part in map(squeeze, _JOINTS.split(printed)) if len(part) > 2):
            return "U"  # RetinaNet+PVT
        for name in self.resources:
            if len(name) >= 4 and key.startswith(name) and not ADJECTIVE.search(printed):
                return "B"
        return ""

    def word_symbol(self, printed: str, initial: bool) -> str:
        """The symbol of a word that the lexicon does not know: a name of some kind, or `w`."""
        if (printed.islower() and printed.isalpha()) or not looks_like_name(printed, initial):
            return "w"
        low = printed.lower()
        if printed.endswith(("'s", "’s")):
            return "w"
        if low in self.kinds.not_names or printed.removesuffix("s").lower() in self.kinds.not_names:
            return "w"
        if "-" in low and all(part in self.kinds.not_names for part in low.split("-")):
            return "w"  # English-French
        count = _COUNT.match(printed)
        if self.kinds.hardware.match(printed, count.end() if count else 0):
            return "H"
        if BENCH_WORD.search(printed) is None and any(
            self.kinds.models.match(printed, part.end()) for part in _PARTS.finditer(printed)
        ):
            return "K"
        if _METRIC_NAME.search(printed):
            return "M"
        if _SEVERAL.match(printed):
            return "w"
        if _PATCHES.search(printed):
            return "K"
        return "A" if _ACRONYM.match(printed) else "N"


@lru_cache(maxsize=1 << 16)
def looks_like_name(word: str, initial: bool) -> bool:
    """Whether a word is printed like a proper name: capitals inside, digits with letters, or a capital in
    mid-sentence.

    >>> [looks_like_name(w, False) for w in ("nuScenes", "text8", "Cityscapes", "accuracy", "3D")]
    [True, True, True, False, False]
    """
    if any(p.match(word) for p in (_ENUMERATED, _PREFIX, _MACRO, _SHAPED)) or ADJECTIVE.search(word):
        return False
    letters = [c for c in word if c.isalpha()]
    if not letters or len(word) < 2:
        return False
    if word[0].isdigit() and (
        len(letters) == 1 or re.match(r"\d+-?[dD]\b|\d+-(?:[a-z]|D[oO]F)|\d+[a-z]+$|\d+x\d+-", word)
    ):
        return False
    if any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word):
        return True
    return word[0].isupper() and not initial
