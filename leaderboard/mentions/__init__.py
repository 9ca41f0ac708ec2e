"""Typed spans of a sentence: numbers, names, and the words that tie them together."""
