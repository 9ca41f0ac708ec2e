"""Average precision of what: boxes, masks or keypoints.

On COCO and its like, "AP" and "mAP" are one measure of three tasks whose numbers cannot be compared. The
sentence says which task is meant, or else the title; where neither does, it is detection, the task named
least. Labels and retrieved images have their own "mAP", which is left as it is.
"""

from __future__ import annotations

import re

#: Metrics that leave open what is found.
OPEN = frozenset(("ap", "map"))

# Detection comes last: "keypoint detection" is not detection of boxes.
_TASK = re.compile(
    r"""(?P<keypoint>key[\s-]?points?(?:\s+(?:is|are|was|were))?(?:\s+detect\w*)?|poses?\b)
      | (?P<mask>\bmasks?\b(?![\s-]*(?:R-?CNN|DINO|former|scoring))|instance[\s-]+(?:level\s+)?segment\w*)
      | (?P<open>multi-?label\w*|classif\w*|recognition|retriev\w*|hashing)
      | (?P<box>detect\w*|bounding|\bbox(?:es)?\b)""",
    re.IGNORECASE | re.VERBOSE,
)


def precision_of(sentence: str, title: str, value: float, metric_id: str) -> str:
    """The metric's id: of the task named nearest to the number, or else the one that the title names alone.

    >>> precision_of("It gets 77.2 AP on COCO keypoint detection.", "", 77.2, "ap")
    'keypoint-ap'
    """
    place = max(sentence.find(f"{value:g}"), 0)
    named = sorted((abs(found.start() - place), str(found.lastgroup)) for found in _TASK.finditer(sentence))
    in_title = {str(found.lastgroup) for found in _TASK.finditer(title)}
    task = "box"
    if named:
        task = named[0][1]
    if len(in_title) == 1 and (not named or "open" in in_title):
        task = in_title.pop()
    return metric_id if task == "open" else f"{task}-ap"
