"""Names and identifiers brought to one form, so that spellings of one thing compare equal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_LATEX_COMMAND = re.compile(r"\\[a-zA-Z]+\*?")
_NOT_ALNUM = re.compile(r"[\W_]+")
# A plus or a star at the end of a system's name makes it another system: "RoBERTa+" is not "RoBERTa".
_NOT_ALNUM_PLUS_STAR = re.compile(r"[^\w+*]+|_+")

_ARXIV = re.compile(
    r"""^(?:arxiv:\s*|https?://(?:\w+\.)?arxiv\.org/(?:abs|pdf|html)/)?
        (\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[a-z]{2})?/\d{7})
        (?:v(\d{1,4}))?(?:\.pdf)?$""",
    re.IGNORECASE | re.VERBOSE,
)

#: A paper without a version in its identifier is the source's current one, so newer than any numbered one.
CURRENT = 1_000_000


class Identifier(NamedTuple):
    """A paper's identifier without its version, and the version."""

    base: str
    version: int


def fold_name(name: str) -> str:
    """The name without case, accents of form, spaces and punctuation.

    >>> fold_name("Top-1 Accuracy") == fold_name("top 1 accuracy")
    True

    A name made of punctuation alone stays as it is, so that it does not fold to nothing.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    return _NOT_ALNUM.sub("", plain) or plain.strip()


def fold_model(name: str) -> str:
    """Like `fold_name`, for systems: a plus sign and a star are kept, since they tell systems apart.

    >>> fold_model("BERT-Large"), fold_model("RoBERTa+")
    ('bertlarge', 'roberta+')
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    return _NOT_ALNUM_PLUS_STAR.sub("", plain)


@lru_cache(maxsize=500_000)
def fold_title(title: str) -> str:
    r"""A title without case, punctuation and LaTeX commands.

    >>> fold_title("{\\bf Deep} Nets: a View") == fold_title("Deep nets - A view")
    True
    """
    return fold_name(_LATEX_COMMAND.sub(" ", title)) if title else ""


@lru_cache(maxsize=500_000)
def split_identifier(paper_id: str) -> Identifier:
    """The identifier's base and version; all spellings of an arXiv identifier have one base.

    >>> split_identifier("arXiv:2101.00001v2")
    Identifier(base='2101.00001', version=2)
    >>> split_identifier("ACL-19-1001").version == CURRENT
    True
    """
    found = _ARXIV.match(paper_id.strip())
    if not found:
        return Identifier(paper_id.strip(), CURRENT)
    return Identifier(found[1].lower(), int(found[2]) if found[2] else CURRENT)
