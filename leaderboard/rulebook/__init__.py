"""The rules: knowledge as data, read from folders of YAML files.

>>> rules = load_rules()
>>> rules.resolve_benchmark("cifar 10").name
'CIFAR-10'
"""

from leaderboard.rulebook.loading import RuleSet, load_rules
from leaderboard.rulebook.names import Names
from leaderboard.rulebook.parts import NameHit
from leaderboard.rulebook.problems import Problem, RuleError
from leaderboard.rulebook.records import Benchmark, Metric, Subset, Task

__all__ = [
    "Benchmark",
    "Metric",
    "NameHit",
    "Names",
    "Problem",
    "RuleError",
    "RuleSet",
    "Subset",
    "Task",
    "load_rules",
]
