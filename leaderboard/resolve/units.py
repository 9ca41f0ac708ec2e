"""Which metric a unit of measurement says."""

from __future__ import annotations

_TIMES = frozenset((
    "ms", "s", "seconds", "second", "sec", "secs", "minutes", "minute", "min", "mins", "hours", "hour",
    "h", "hrs", "milliseconds", "millisecond", "microseconds", "nanoseconds", "µs", "μs", "us", "ns", "ps",
))  # fmt: skip
_MEMORIES = frozenset(["gb", "mb", "kb", "gib", "mib", "kib", "tb"])


def unit_metric(unit: str) -> str:
    """The metric that a unit says: 12 ms are a time."""
    low = unit.lower()
    if "fps" in low or "frame" in low:
        return "FPS"
    if low in _TIMES or low.startswith("ms/"):
        return "time"
    if low in _MEMORIES:
        return "memory"
    if "flop" in low or "mac" in low:
        return unit
    if "/s" in low or "per s" in low or low in ("qps", "tps", "mbps", "gbps", "tbps"):
        return "throughput"
    if low.startswith("bit") or low in ("bpc", "bpd", "bpb", "bpp"):
        return {"bpc": "bits per character", "bpd": "bits per dimension"}.get(low, unit)
    if low == "hz":
        return "speed"
    if low.endswith("j") or "wh" in low:
        return "energy"
    if low.endswith("w"):
        return "power"
    return ""
