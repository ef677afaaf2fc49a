#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what Han characters look like for db/glyph.c, from the Unicode Han database.

For each character from U+3400 to U+9FFF twelve bytes, little-endian: u32 the Cangjie code, which spells the parts of
a character from the top left on (five letters of five bits, 0 ends it), u16 the four corners (four digits of four bits;
0xffff when not known), u8 the number of strokes, u8 0, and twice u16 a phonetic series, 0 for none: characters of one
series have a part in common. Simplified characters are in those of their traditional forms, too.
"""

import argparse
import re
import struct

from unihan import read_unihan

FIRST, LAST = 0x3400, 0x9FFF
UNKNOWN_CORNERS = 0xFFFF
SERIES = 2


def pack_cangjie(code):
    number = 0
    for position, letter in enumerate(code[:5]):
        number |= (ord(letter) - ord("A") + 1) << (5 * position)
    return number


def pack_corners(code):
    if not code:
        return UNKNOWN_CORNERS
    return sum(int(digit) << (4 * position) for position, digit in enumerate(code[:4]))


def series_of(character, phonetic, traditional):
    forms = [character] + [int(form.split("<")[0][2:], 16) for form in traditional.get(character, "").split()]
    found = [int(re.match("[0-9]+", one)[0]) for form in forms for one in phonetic.get(form, "").split() if one[0].isdigit()]
    return (list(dict.fromkeys(found)) + [0] * SERIES)[:SERIES]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--unicode-data", default="/usr/share/unicode")
    parser.add_argument("output")
    arguments = parser.parse_args()

    looks = read_unihan(arguments.unicode_data + "/Unihan_DictionaryLikeData.txt.bz2", ("kCangjie", "kFourCornerCode", "kPhonetic"))
    strokes = read_unihan(arguments.unicode_data + "/Unihan_IRGSources.txt.bz2", ("kTotalStrokes",))["kTotalStrokes"]
    traditional = read_unihan(arguments.unicode_data + "/Unihan_Variants.txt.bz2", ("kTraditionalVariant",))["kTraditionalVariant"]
    with open(arguments.output, "wb") as output:
        for character in range(FIRST, LAST + 1):
            corners = looks["kFourCornerCode"].get(character, "").split()
            output.write(struct.pack("<IHBBHH", pack_cangjie(looks["kCangjie"].get(character, "")),
                                     pack_corners(corners[0] if corners else ""),
                                     int(strokes.get(character, "0").split()[0]), 0,
                                     *series_of(character, looks["kPhonetic"], traditional)))


if __name__ == "__main__":
    main()
