#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the table of readings that db/reading.c loads, from the Unicode Han database.

All numbers are little-endian:
  "GTRD", u32 version, then the counts of the five arrays below (u32 each)
  syllables   8 bytes each, padded with NUL; "v" stands for u with diaeresis
  items       u16 each: syllable numbers, lists end with 0xffff
  characters  u32 code point, u16 first item of its readings, u16 first item of its surname readings
  simplified  u32 traditional or variant form, u32 simplified form; sorted
  compounds   u32, u32 characters of a double surname, u16, u16 their syllables; sorted
"""

import argparse
import re
import struct
import unicodedata

from unihan import read_unihan

LAYOUT_VERSION = 1
LIST_END = 0xFFFF

# How characters are read when they are a surname, where that is not their first reading
# (or where people use two): from the surname entries of general dictionaries.
SURNAME_READINGS = """
单 shan chan|仇 qiu|曾 zeng|解 xie|查 zha|任 ren|华 hua|区 ou|朴 piao|翟 zhai di|盖 ge gai|乐 yue le
缪 miao|覃 qin tan|宓 mi fu|折 she|黑 he hei|员 yun yuan|秘 bi mi|冼 xian|洗 xian|逄 pang|召 shao zhao
句 gou|幺 yao|哈 ha|卜 bu|牟 mu mou|燕 yan|宁 ning|应 ying|尹 yin|佴 nai|种 chong|重 chong|繁 po
尉 wei yu|长 zhang chang|万 wan mo|俟 qi|澹 tan|於 yu|那 na|都 du|郇 xun huan|郗 xi chi|隗 wei kui kui
祭 zhai ji|乜 nie|贲 ben|费 fei bi|过 guo|藏 zang|晟 cheng|车 che|纪 ji|沈 shen|谌 chen shen|令 ling
观 guan|撒 sa|角 jue|柏 bai bo|薄 bo|贾 jia|石 shi|叶 ye|盛 sheng|舍 she|相 xiang|强 qiang|炅 gui
褚 chu|钭 tou|呙 guo|仉 zhang|妫 gui|芈 mi|亓 qi|禚 zhuo|迮 ze|恽 yun|昝 zan|訾 zi|佘 she|晁 chao
干 gan|能 nai|俞 yu|涂 tu|占 zhan|笪 da|眭 sui|阙 que|会 kuai hui|莘 shen xin|亢 kang|宿 su|仝 tong
冒 mao|六 lu|戚 qi|曲 qu|阿 a|参 shen|奇 qi|盘 pan|夏 xia|少 shao|台 tai|适 kuo shi|行 xing|朝 chao
降 jiang|教 jiao|钻 zuan|称 cheng|屈 qu|丁 ding|不 fou|丘 qiu|秋 qiu|谷 gu|余 yu|徐 xu|洞 tong
郏 jia|郄 qie xi|荀 xun|甄 zhen|蒙 meng|鲜 xian|隽 juan|车 che|库 she ku|厍 she|生 sheng|系 ji|率 shuai
"""

COMPOUND_SURNAMES = """
欧阳 ou yang|司马 si ma|上官 shang guan|诸葛 zhu ge|东方 dong fang|皇甫 huang fu|尉迟 yu chi
公孙 gong sun|令狐 ling hu|宇文 yu wen|长孙 zhang sun|慕容 mu rong|司徒 si tu|司空 si kong
夏侯 xia hou|轩辕 xuan yuan|端木 duan mu|百里 bai li|呼延 hu yan|南宫 nan gong|西门 xi men
独孤 du gu|东郭 dong guo|万俟 mo qi|澹台 tan tai|公冶 gong ye|宗政 zong zheng|濮阳 pu yang
淳于 chun yu|单于 chan yu|太叔 tai shu|申屠 shen tu|仲孙 zhong sun|钟离 zhong li|鲜于 xian yu
闾丘 lv qiu|亓官 qi guan|司寇 si kou|子车 zi ju|颛孙 zhuan sun|巫马 wu ma|公西 gong xi|漆雕 qi diao
乐正 yue zheng|壤驷 rang si|公良 gong liang|拓跋 tuo ba|夹谷 jia gu|宰父 zai fu|谷梁 gu liang
段干 duan gan|羊舌 yang she|微生 wei sheng|左丘 zuo qiu|第五 di wu|梁丘 liang qiu|赫连 he lian
闻人 wen ren|公羊 gong yang|达奚 da xi|纳兰 na lan|完颜 wan yan|叶赫 ye he|那拉 na la|富察 fu cha
贺兰 he lan|贺若 he ruo|南郭 nan guo|北堂 bei tang|即墨 ji mo|哥舒 ge shu|耶律 ye lv|范姜 fan jiang
张简 zhang jian|欧侯 ou hou|南荣 nan rong|东野 dong ye|梁由 liang you|王孙 wang sun|浮屠 fu tu
"""

# Where the sources put a reading first that is rare in names and transliterations (卜 bo of 萝卜).
USUAL_READINGS = {"卜": "bu"}

# The most useful source first. kHanyuPinyin lists archaic readings too, so it speaks only for
# characters that the two dictionaries of the modern language leave out.
MODERN_SOURCES = ("kMandarin", "kHanyuPinlu", "kTGHZ2013", "kXHC1983")
ARCHAIC_SOURCE = "kHanyuPinyin"


def toneless(syllable):
    letters = unicodedata.normalize("NFD", syllable.lower()).replace("u\u0308", "v")
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return letters if re.fullmatch("[a-z]{1,7}", letters) and re.search("[aeiouv]", letters) else None


def syllables_of(source, value):
    if source == "kMandarin":
        return value.split()
    if source == "kHanyuPinlu":
        return [part.partition("(")[0] for part in value.split()]
    return [syllable for part in value.split() for syllable in part.partition(":")[2].split(",")]


def readings_of(character, fields):
    found = [USUAL_READINGS[chr(character)]] if chr(character) in USUAL_READINGS else []
    modern = any(character in fields[source] for source in ("kTGHZ2013", "kXHC1983"))
    sources = MODERN_SOURCES if modern else MODERN_SOURCES + (ARCHAIC_SOURCE,)
    for source in sources:
        for syllable in syllables_of(source, fields[source].get(character, "")):
            plain = toneless(syllable)
            if plain and plain not in found:
                found.append(plain)
    return found


def code_points(value):
    return [int(point[2:], 16) for point in re.findall(r"U\+[0-9A-F]+", value)]


def simplified_forms(variants, standard, readings):
    """Traditional and variant forms of characters. A standard character stays (瑙, 於) unless its form is standard, too,
    and read in all the ways in which it is."""
    forms = {}
    for character, value in variants["kSimplifiedVariant"].items():
        targets = code_points(value)
        if character in targets and character in standard:
            continue
        targets = [target for target in targets if target != character]
        if character in standard:
            targets = [t for t in targets if t in standard and set(readings.get(character, ())) <= set(readings.get(t, ()))]
        if targets:
            forms[character] = next((t for t in targets if t in standard), targets[0])
    for source in ("kZVariant", "kSemanticVariant"):
        for character, value in variants[source].items():
            targets = {forms.get(target, target) for target in code_points(value)}
            targets = {target for target in targets if target in standard and target != character
                       and set(readings.get(target, ())) & set(readings.get(character, ()))}
            if character not in standard and character not in forms and len(targets) == 1:
                forms[character] = targets.pop()
    return {character: forms.get(form, form) for character, form in forms.items()}


class Items:
    """Syllables and lists of them, each stored once."""

    def __init__(self):
        self.syllables = {}
        self.items = []
        self.lists = {}

    def syllable(self, text):
        return self.syllables.setdefault(text, len(self.syllables))

    def add(self, syllables):
        key = tuple(syllables)
        if key not in self.lists:
            self.lists[key] = len(self.items)
            self.items += [self.syllable(text) for text in key] + [LIST_END]
        return self.lists[key]


def entries(text):
    return [entry.split() for line in text.strip().splitlines() for entry in line.split("|")]


def surname_readings():
    readings = {ord(entry[0]): entry[1:] for entry in entries(SURNAME_READINGS)}
    for name, *syllables in entries(COMPOUND_SURNAMES):
        for character, syllable in zip(name, syllables):
            readings.setdefault(ord(character), [])
            if syllable not in readings[ord(character)]:
                readings[ord(character)].append(syllable)
    return readings


def merge_surnames(readings, surnames):
    """A double surname's reading of a character comes after the usual one, unless the table names both."""
    merged = {}
    single = {ord(entry[0]) for entry in entries(SURNAME_READINGS)}
    for character, general in readings.items():
        special = surnames.get(character, [])
        first = special if character in single else general + special
        merged[character] = list(dict.fromkeys(first + general))
    return merged


def read_forms(readings, forms):
    """A simplified form that no source reads is read as the traditional one, which is looked up by it."""
    for character in sorted(forms):
        if character in readings:
            readings.setdefault(forms[character], readings[character])


def pack(readings, forms):
    items = Items()
    surnames = merge_surnames(readings, surname_readings())
    characters = [(c, items.add(readings[c]), items.add(surnames[c])) for c in sorted(readings)]
    compounds = sorted((ord(name[0]), ord(name[1]), items.syllable(first), items.syllable(second))
                       for name, first, second in entries(COMPOUND_SURNAMES))
    counts = (len(items.syllables), len(items.items), len(characters), len(forms), len(compounds))
    parts = [b"GTRD", struct.pack("<6I", LAYOUT_VERSION, *counts)]
    parts += [text.encode().ljust(8, b"\0") for text in items.syllables]
    padded = items.items + [LIST_END] * (len(items.items) % 2)
    parts.append(struct.pack("<%dH" % len(padded), *padded))
    parts += [struct.pack("<IHH", *entry) for entry in characters]
    parts += [struct.pack("<II", *entry) for entry in sorted(forms.items())]
    parts += [struct.pack("<IIHH", *entry) for entry in compounds]
    return b"".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--unicode-data", default="/usr/share/unicode")
    parser.add_argument("output")
    arguments = parser.parse_args()

    fields = read_unihan(arguments.unicode_data + "/Unihan_Readings.txt.bz2",
                         MODERN_SOURCES + (ARCHAIC_SOURCE,))
    variants = read_unihan(arguments.unicode_data + "/Unihan_Variants.txt.bz2",
                           ("kSimplifiedVariant", "kZVariant", "kSemanticVariant"))
    known = sorted(set().union(*fields.values()))
    readings = {c: found for c in known if (found := readings_of(c, fields))}
    forms = simplified_forms(variants, set(fields["kTGHZ2013"]), readings)
    read_forms(readings, forms)
    with open(arguments.output, "wb") as output:
        output.write(pack(readings, forms))


if __name__ == "__main__":
    main()
