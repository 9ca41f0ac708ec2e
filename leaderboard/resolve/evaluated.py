"""What a sentence says that something was measured on, though it may have no number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile

from leaderboard import expressions as re
from leaderboard.lexicon import ABOUT_RESULTS
from leaderboard.mentions.tokens import Token
from leaderboard.resolve.drafts import Named, named
from leaderboard.rulebook import NameHit

_EDITION = re.compile(r"(?:19|20)\d\d")
_REMARK = re.compile(r"\([^()B]*\)")
"""What may stand between a name and what it is called: "PetalSet (garden plants) data set"."""


def evaluated_on(
    text: str, tokens: list[Token], classes: Mapping[str, frozenset[str]], has_results: bool = False
) -> list[Named]:
    """The benchmarks that a sentence says something was measured on, each once, in order.

    A name of the catalogue counts in a sentence about an evaluation; an unknown one, and one that is merely
    used, only where the sentence calls it a data set or says "on" it. What something was trained on does not
    count.
    """
    symbols = "".join([t.symbol for t in tokens])
    if "B" not in symbols:
        return []
    told = has_results or any(not classes[name].isdisjoint(symbols) for name in ABOUT_RESULTS)
    if not told and (classes["USE"] | classes["ENTER"]).isdisjoint(symbols):
        return []
    nouns = classes["DATASET_NOUN"]
    joints = classes["AND"] | classes["OR"] | frozenset(",/")
    names = [
        i
        for i, symbol in enumerate(symbols)
        if symbol == "B"
        and (has_results or not _is_made(tokens, i, classes))
        and not _is_built_on(tokens, i, classes)
    ]
    meant: set[int] = set()
    for i, follows in zip(reversed(names), [0, *reversed(names)], strict=False):
        token, before = tokens[i], tokens[max(0, i - 3) : i]
        sure = told and isinstance(token.data, NameHit) and token.data.sure
        end = remark.end() if (remark := _REMARK.match(symbols, i + 1)) else i + 1
        after = takewhile(lambda t: t.symbol in ")NAwJMm" or t.symbol in nouns, tokens[end : end + 4])
        called = any(t.symbol in nouns for t in (*after, *tokens[i + 1 : i + 3], *before[-2:])) or (
            before
            and before[-1].data == "on"
            and (isinstance(token.data, NameHit) or not text[token.start + 1 : token.end].islower())
        )
        listed = follows in meant and joints.issuperset(symbols[i + 1 : follows])
        if sure or called or listed:
            meant.add(i)
    found: dict[str, Named] = {}
    for i in names:
        if found or i in meant:
            name = named(text, tokens[i])
            same, edition = found.get(name.key), _EDITION.findall(name.printed)
            another = same is not None and edition and _EDITION.findall(same.printed) not in ([], edition)
            found.setdefault(f"{name.key}{edition}" if another else name.key, name)
    longer = [name.printed for name in found.values() if not name.id]  # "BraTS Africa, a part of BraTS"
    parted = {
        name.id for name in found.values() if name.id and name.subset
    }  # "A, where it has 2% on test-clean"
    return [
        name
        for name in found.values()
        if not any(other.startswith(f"{name.printed} ") for other in longer)
        and (name.subset or name.id not in parted)
    ]


def only_data(
    text: str, sentences: Iterable[list[Token]], classes: Mapping[str, frozenset[str]]
) -> list[Named]:
    """The one data set that a text names, if it was used or a known one trained on, in more than a part, and
    the text names no other benchmark: "patients were drawn from the A database".
    """
    nouns, taken = classes["DATASET_NOUN"], classes["USE"] | classes["TRAIN"]
    found: dict[str, Named] = {}
    called = False
    for tokens in sentences:
        if all(token.symbol != "B" for token in tokens):
            continue
        of_a_part = any(
            t.symbol in classes["COMPONENT"]
            or (t.symbol in classes["TRAIN"] and str(t.data).startswith("pre"))
            for t in tokens
        )
        for i, token in enumerate(tokens):
            if token.symbol != "B":
                continue
            name = named(text, token)
            found.setdefault(name.key, name)
            if len(found) > 1 or of_a_part:
                return []
            plain = not name.id and name.printed[1:].islower()
            after = next((t for t in tokens[i + 1 : i + 4] if t.symbol not in ")NAwJ"), None)
            before = tokens[max(0, i - 4) : i]
            around = [*before, *tokens[i + 1 : i + 6]]
            used = any(t.symbol in taken for t in around) or any(t.data == "from" for t in before)
            is_data = after is not None and after.symbol in nouns and not plain
            trained = (
                any(t.symbol in classes["TRAIN"] for t in before) and name.id and before[-1].data == "on"
            )
            called = called or (is_data and used) or bool(trained)
    return list(found.values()) if called else []


def _is_made(tokens: list[Token], i: int, classes: Mapping[str, frozenset[str]]) -> bool:
    """Whether a sentence says that something was trained on a benchmark, or that it is new: not what "trained
    and tested on A" and "we use the recently introduced A" say.
    """
    for k in range(i - 1, max(-1, i - 4), -1):
        symbol = tokens[k].symbol
        if symbol in classes["EVALUATE"] or symbol in classes["USE"]:
            return False  # "trained and tested on A"
        if symbol in classes["TRAIN"]:
            return True
        if symbol in classes["INTRODUCE"]:
            around = tokens[max(0, k - 2) : i]  # "on the newly released A", "with established baselines on A"
            return all(t.symbol not in classes["USE"] and t.data != "on" for t in around)
    return False


def is_learned_from(tokens: list[Token], i: int, classes: Mapping[str, frozenset[str]]) -> bool:
    """Whether a sentence says that something was pre-trained on a benchmark: "pretrained on A, it has"."""
    before = tokens[max(0, i - 3) : i]
    return any(t.symbol in classes["TRAIN"] and str(t.data).startswith("pre") for t in before) and all(
        t.symbol not in classes["EVALUATE"] and t.symbol not in classes["AND"] for t in before
    )


def _is_built_on(tokens: list[Token], i: int, classes: Mapping[str, frozenset[str]]) -> bool:
    """Whether a name only says what something is made of: "a benchmark built on OpenEQA", "BraTS pre-trained
    models", "DocLayNet was used for training".
    """
    before, after = tokens[max(0, i - 2) : i], tokens[i + 1 : i + 7]
    made = classes["TRAIN"] | classes["METHOD_NOUN"]
    end = next(
        (k for k, t in enumerate(after) if t.symbol in ",;.()" or t.symbol in classes["AND"]), len(after)
    )
    evaluates = any(t.symbol in classes["EVALUATE"] for t in tokens[:i])  # "experiments are run on A"
    return (
        (any(t.symbol in classes["BASED_ON"] for t in before) and not evaluates)
        or any(t.symbol in made for t in after[:1])
        or (
            any(t.symbol in classes["BE"] for t in after[:end])
            and any(t.symbol in classes["TRAIN"] or str(t.data).startswith("train") for t in after[:end])
            and not any(t.symbol in classes["EVALUATE"] for t in after[:end])
        )
    )
