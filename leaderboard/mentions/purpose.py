"""What a paper is for: to propose a system, to compare those of others, or to hold a competition."""

from __future__ import annotations

from leaderboard.mentions.wording import Wording


def proposes_system(text: str, wording: Wording) -> bool:
    """Whether a paper says that it proposes a system, and not only a way to evaluate those of others."""
    return any(
        not wording.means_of_evaluation.search(told[0].partition(" ")[2])
        and not wording.to_evaluate.match(text, told.end())
        for told in wording.proposes.finditer(text)
    )


def evaluates(title: str, text: str, has_own: bool, proposes: bool, wording: Wording) -> bool:
    """Whether a paper tells the results of others' systems: it compares or reviews them, or holds the
    competition that they took part in.
    """
    parts = title.split(":")
    asks = any(wording.asks.match(part) and wording.others.search(part) for part in parts)
    reviews = any(wording.reviews.match(part) for part in parts)
    return (not has_own and (asks or reviews or _holds(title, text, wording))) or (
        not proposes and wording.evaluates.search(text) is not None
    )


def _holds(title: str, text: str, wording: Wording) -> bool:
    """Whether a paper holds a competition, and does not take part in it."""
    return (
        wording.competition.search(title) is not None
        and wording.enters.search(title) is None
        and wording.entrants.search(text) is not None
        and wording.takes_part.search(text) is None
    )
