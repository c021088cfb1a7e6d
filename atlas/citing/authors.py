"""Authors as a publication signs them, taken apart into names.

A source's `author` is one line: "Olzhas Auyezov and Eric Onstad", "Freiman G.G., Urazaeva S.B.",
"CADGAT; Indra Øverland", "D. Berger and others", "European Commission". Names come out as CSL-JSON has
them (https://docs.citationstyles.org/en/stable/specification.html#names): {"family", "given"} for a
person, {"literal"} for an organisation.
"""

import re

Name = dict[str, str]

#: Stands last in a list of names that the publication itself cuts short.
AND_OTHERS: Name = {"literal": "et al."}

_OTHERS = re.compile(r"[,\s]+(?:and others|et al\.?|и др\.?)$", re.IGNORECASE)
_INITIALS = re.compile(r"(?:\w\.[\s-]?)+")
_ORGANISATION = re.compile(
    r"\b(?:agency|alliance|association|bank|board|centre|center|commission|committee|company|corporation|council"
    r"|department|embassy|federation|foundation|fund|government|group|institute|international|ltd|llc|ministry"
    r"|nations|network|office|organi[sz]ation|press|programme|service|society|staff|survey|team|union|university"
    r"|агентство|ассоциация|банк|институт|комитет|компания|министерство|правительство|редакция|служба|союз"
    r"|университет|фонд|центр)\b",
    re.IGNORECASE,
)


def names(author: str) -> list[Name]:
    """The names in an author line, in its order; AND_OTHERS last where the line says there are more."""
    line = author.strip()
    cut_short = bool(_OTHERS.search(line))
    line = _OTHERS.sub("", line)
    if not line:
        return []
    pieces = [piece for part in re.split(r";\s*", line) for piece in _separate(part)]
    return [_name(piece) for piece in pieces] + ([AND_OTHERS] if cut_short else [])


def initials(given: str) -> str:
    """The first letters of given names: "Jean-Paul Maria" → "J.-P. M."; initials stay as they are."""
    words = re.sub(r"\.(?=\w)", ". ", given).split()
    return " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in words)


def is_person(name: Name) -> bool:
    return "family" in name


def _separate(line: str) -> list[str]:
    """Names divided by commas and "and"; "Family, Given" and an organisation's own "and" stay whole."""
    if _ORGANISATION.search(line):
        return [line]
    pieces = [piece.strip() for piece in re.split(r"\s+(?:and|и)\s+|\s*&\s*", line)]
    found = []
    for piece in pieces:
        members = [member.strip() for member in piece.split(",") if member.strip()]
        full_names = all(" " in member for member in members)
        found += members if full_names or len(members) > 2 else [piece]
    return found


def _name(text: str) -> Name:
    """One name: a person has a family name and given names, an organisation is one literal."""
    if _ORGANISATION.search(text):
        return {"literal": text}
    if "," in text:
        family, given = (part.strip() for part in text.split(",", 1))
        return {"family": family, "given": given}
    words = text.split()
    if len(words) < 2:
        return {"literal": text}
    if all(_INITIALS.fullmatch(word) for word in words[1:]):
        return {"family": words[0], "given": " ".join(words[1:])}
    particles = (number for number, word in enumerate(words[1:-1], 1) if word.islower())  # van, de, al
    first_of_family = next(particles, len(words) - 1)
    return {"family": " ".join(words[first_of_family:]), "given": " ".join(words[:first_of_family])}
