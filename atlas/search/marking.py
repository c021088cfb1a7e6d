"""Which words of a spelling a query found, for highlighting."""

import re

from rapidfuzz.distance import OSA

from sources.folding import MATCH

from .names import cleaned, folded, telling_words

_WORDS = re.compile(r"([^\W_]+(?:['’‘ʻʼ`´][^\W_]+)*)")


def marked(text: str, query: str) -> list[tuple[str, bool]]:
    """Cut a text into pieces, each with whether the query found it; together they are the text.

    Where no single word was found (Sary-Jaz by Saryjaz), all of the text counts as found.
    """
    sought = telling_words(folded(cleaned(query)))
    pieces = [
        (piece, place % 2 == 1 and _answers(piece, sought))
        for place, piece in enumerate(_WORDS.split(text))
        if piece
    ]
    return pieces if any(found for _piece, found in pieces) else [(text, True)]


def _answers(word: str, sought: list[str]) -> bool:
    return any(
        part.startswith(other) or OSA.normalized_similarity(part, other) >= MATCH
        for part in folded(word).split()
        for other in sought
    )
