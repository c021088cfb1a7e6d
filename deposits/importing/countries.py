"""The countries that the atlas covers, as MRDS writes them."""

#: ISO 3166-1 alpha-2 codes by name.
CODES = {
    "Kazakhstan": "KZ",
    "Kyrgyzstan": "KG",
    "Tajikistan": "TJ",
    "Turkmenistan": "TM",
    "Uzbekistan": "UZ",
}
