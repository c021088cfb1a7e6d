"""What makes two addresses the same publication: a normal form of addresses, DOIs and ISBNs."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

#: Parameters that say how a reader came, not what is read.
TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|yclid|ysclid|mc_cid|mc_eid|ref|ref_src|from|igshid|_openstat)$", re.I
)
DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+)", re.I)


def normal_address(address: str) -> str:
    """The address without what differs between two links to one page.

    Scheme, "www.", default port, trailing slash, fragment and tracking parameters are dropped, the host is in
    lower case, parameters in order. For comparing only; readers get the address as it was given.
    """
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = sorted((name, value) for name, value in parse_qsl(parts.query) if not TRACKING.match(name))
    path = parts.path.rstrip("/")
    return f"{host}{port}{path}" + (f"?{urlencode(query)}" if query else "")


def find_doi(text: str) -> str:
    """The DOI in an address or a line of text, in lower case (DOIs ignore case); "" if there is none.

    Source: DOI Handbook, 2.4 (https://doi.org/10.1000/182).
    """
    found = DOI.search(text)
    return found.group(1).rstrip(".,;)").lower() if found else ""


def find_isbn(text: str) -> str:
    """The ISBN in a line of text as thirteen digits, "" if there is none whose check digit is right.

    ISBN-10 is converted (ISO 2108:2017, prefix 978).
    """
    for found in re.finditer(r"(?<![\d-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\d-])", text):
        digits = re.sub(r"[- ]", "", found.group()).upper()
        if len(digits) == 13 and digits.isdigit() and _check_13(digits[:12]) == digits[12]:
            return digits
        if len(digits) == 10 and _check_10(digits[:9]) == digits[9]:
            body = "978" + digits[:9]
            return body + _check_13(body)
    return ""


def _check_13(body: str) -> str:
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(body))
    return str(-total % 10)


def _check_10(body: str) -> str:
    total = sum(int(digit) * (10 - index) for index, digit in enumerate(body))
    check = -total % 11
    return "X" if check == 10 else str(check)
