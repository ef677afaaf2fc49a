# SPDX-License-Identifier: GPL-3.0-or-later
"""Invented lists in the manner of several registers, with known pairs, for the tests of “compare”.

Each function gives (header, rows, label): label (row) tells who a row is about, so that rows of one
label are the same. Everything follows from the seed."""

import datetime
import random
import string

SYLLABLES = ["an", "ber", "car", "dor", "el", "fin", "gar", "hol", "is", "jen", "kar", "lan", "mor", "nel", "or", "pat",
             "ros", "sen", "ton", "ver", "wal", "wil", "son", "man", "ley", "ford", "berg", "stein", "ard", "ina"]
SURNAMES_HAN = "王李张刘陈杨黄赵吴周徐孙马胡朱郭何林罗高郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏"
GIVEN_HAN = "英华秀玉明文国建丽春金兰海小红志芳军平桂梅云荣德伟强敏静林永新生成杰峰洪庆光东晓艳娟霞凤珍花琴香月美素淑燕萍玲雪慧清福贵祥龙忠才学长勇涛"
ALIKE = {"英": "应", "华": "花", "明": "名", "国": "果", "建": "健", "丽": "莉", "芳": "方", "军": "君", "平": "萍", "伟": "卫", "静": "敬",
         "玲": "铃", "志": "智", "海": "孩", "兰": "蓝", "张": "章", "陈": "程", "黄": "王", "林": "凌", "梁": "良"}


class Words:
    """Vocabularies whose words are as unequally frequent as names and places are."""

    def __init__(self, chance, size, parts):
        words = set()
        while len(words) < size:
            words.add("".join(chance.choice(SYLLABLES) for _ in range(chance.choice(parts))))
        self.words = sorted(words)
        chance.shuffle(self.words)
        self.weights = [1 / (rank + 3) for rank in range(size)]
        self.chance = chance

    def draw(self):
        return self.chance.choices(self.words, self.weights)[0]


def slip(chance, text, letters=string.ascii_lowercase):
    """One slip of a typist."""
    if not text:
        return text
    at = chance.randrange(len(text))
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + chance.choice(letters) + text[at + 1:]
    if kind == 1:
        return text[:at] + chance.choice(letters) + text[at:]
    if kind == 2 and len(text) > 1:
        return text[:at] + text[at + 1:]
    return text[:at] + text[at + 1:at + 2] + text[at:at + 1] + text[at + 2:]


def damage(chance, row, skip, slips, missing):
    """A copy with slips and gaps in columns that are not in @skip."""
    copy = list(row)
    for column in range(len(copy)):
        if column in skip or not copy[column]:
            continue
        if chance.random() < missing:
            copy[column] = ""
        elif chance.random() < slips:
            copy[column] = slip(chance, copy[column], string.digits if copy[column].isdigit() else string.ascii_lowercase)
    return copy


def day(chance):
    return chance.randrange(1930, 2005), chance.randrange(1, 13), chance.randrange(1, 29)


def germans(seed, people, doubles):
    """Names and parts of a birth, nothing else, no number of a row: a tenth stands twice."""
    chance = random.Random(seed)
    given, surnames = Words(chance, 150, (2, 2, 3)), Words(chance, 900, (2, 2, 3))
    rows = []
    for person in range(people):
        year, month, date = day(chance)
        row = [given.draw(), given.draw() if chance.random() < 0.1 else "", surnames.draw(), surnames.draw() if chance.random() < 0.05 else "",
               str(year), str(month), str(date)]
        rows.append((person, row))
        if person < doubles:
            copy = list(row)
            column = chance.choice([0, 2, 4, 5, 6])
            copy[column] = slip(chance, row[column]) if column < 3 else str(chance.randrange(1930, 2005) if column == 4 else chance.randrange(1, 13))
            rows.append((person, copy))
    chance.shuffle(rows)
    return ["fname_c1", "fname_c2", "lname_c1", "lname_c2", "by", "bm", "bd"], rows


def customers(seed, people, doubles):
    """Clusters of up to four rows with much missing, one column that tells the answer, and a day with strokes."""
    chance = random.Random(seed)
    given, surnames, towns = Words(chance, 120, (2, 2, 3)), Words(chance, 300, (2, 2, 3)), Words(chance, 60, (2, 3))
    rows = []
    for person in range(people):
        year, month, date = day(chance)
        name, family = given.draw(), surnames.draw()
        row = [name, family, f"{date:02}/{month:02}/{year}", towns.draw(), f"{name[0]}.{family}@{towns.draw()}.net"]
        rows.append((person, damage(chance, row, (), 0.05, 0.05)))
        for _ in range(chance.choice([0, 0, 1, 1, 2, 3]) if person < doubles else 0):
            rows.append((person, damage(chance, row, (2,), 0.15, 0.12)))
    chance.shuffle(rows)
    return (["uniqueId", "Vorname", "familyName", "DOB", "Town", "e-mail", "cluster"],
            [(person, [str(number), *row, str(person)]) for number, (person, row) in enumerate(rows)])


def dead(seed, people, doubles):
    """The same name in several columns, places and trades: fields that hang together."""
    chance = random.Random(seed)
    given, surnames = Words(chance, 100, (2, 2)), Words(chance, 700, (2, 2, 3))
    places = Words(chance, 200, (2, 3))
    trades = ["politician", "writer", "painter", "footballer", "soldier", "priest", "actor", "lawyer"]
    rows = []
    for person in range(people):
        year, month, date = day(chance)
        first, second, last = given.draw(), given.draw(), surnames.draw()
        place = places.draw()
        row = [f"{first} {second} {last}", f"{first} {last}", first, last, f"{year - 100}-{month:02}-{date:02}", place,
               f"{place[:2]}{chance.randrange(1, 9)} {chance.randrange(1, 9)}{place[-2:]}", chance.choice(["male", "male", "female"]), chance.choice(trades)]
        rows.append((person, row))
        for _ in range(chance.choice([1, 1, 2, 4]) if person < doubles else 0):
            copy = damage(chance, row, (0, 1, 7), 0.12, 0.15)
            if chance.random() < 0.4:
                copy[0] = copy[1] = f"{first} {last}"
            if chance.random() < 0.2:
                copy[0] = slip(chance, copy[0])
            if chance.random() < 0.15:
                copy[1] = slip(chance, copy[1])
            rows.append((person, copy))
    chance.shuffle(rows)
    return (["unique_id", "cluster", "full_name", "first_and_surname", "first_name", "surname", "dob", "birth_place", "postcode_fake", "gender", "occupation"],
            [(person, [f"Q{number}-{person}", f"Q{person}", *row]) for number, (person, row) in enumerate(rows)])


def households(seed, people, doubles):
    """Families: many rows share surname, address and telephone, and are different people."""
    chance = random.Random(seed)
    given, surnames, streets = Words(chance, 120, (2, 2, 3)), Words(chance, 500, (2, 2, 3)), Words(chance, 400, (2, 3))
    rows = []
    person = 0
    while person < people:
        surname, street, phone = surnames.draw(), f"{chance.randrange(1, 90)} {streets.draw()} st", f"07{chance.randrange(10 ** 8, 10 ** 9)}"
        for _ in range(chance.choice([1, 2, 3, 4, 5])):
            year, month, date = day(chance)
            row = [surname, given.draw(), chance.choice("MF"), f"{year}{month:02}{date:02}", street, phone]
            rows.append((person, row))
            if person < doubles:
                rows.append((person, damage(chance, row, (2,), 0.1, 0.05)))
            person += 1
    chance.shuffle(rows)
    return ["last", "first", "sex", "birth", "residence", "contact number"], rows


def restaurants(seed, people, doubles):
    """No people at all: a name, an address, a town and a kind."""
    chance = random.Random(seed)
    names, streets, towns = Words(chance, 500, (2, 3)), Words(chance, 300, (2, 3)), Words(chance, 12, (2, 3))
    kinds = ["italian", "french", "chinese", "american", "seafood", "steakhouses", "cafe"]
    rows = []
    for person in range(people):
        name = " ".join(names.draw() for _ in range(chance.choice([1, 2, 2, 3])))
        row = [name, f"{chance.randrange(1, 900)} {streets.draw()} {chance.choice(['st.', 'blvd', 'ave'])}", towns.draw(),
               f"{chance.randrange(200, 900)}/{chance.randrange(200, 999)}-{chance.randrange(1000, 9999)}", chance.choice(kinds)]
        rows.append((person, row))
        if person < doubles:
            copy = list(row)
            if chance.random() < 0.4:
                copy[0] = chance.choice(["the ", "cafe ", ""]) + slip(chance, name)
            if chance.random() < 0.3:
                copy[1] = row[1].replace("st.", "street").replace("ave", "av. between 5th and 6th")
            if chance.random() < 0.3:
                copy[2] = towns.draw()
            if chance.random() < 0.2:
                copy[3] = row[3].replace("/", "-")
            copy[4] = row[4] if chance.random() < 0.6 else chance.choice(kinds)
            rows.append((person, copy))
    chance.shuffle(rows)
    return ["name", "addr", "city", "phone", "type"], rows


def chinese(seed, people, doubles):
    """A register of a Chinese office: names heard wrong, days slipped, townships, telephones."""
    chance = random.Random(seed)
    towns = [chance.choice("东西南北上下大小新老") + chance.choice("河山岭湖塘桥庄店湾坪") + chance.choice("镇乡街道村") for _ in range(120)]
    rows = []
    for person in range(people):
        year, month, date = day(chance)
        name = chance.choice(SURNAMES_HAN) + "".join(chance.choice(GIVEN_HAN) for _ in range(chance.choice([1, 2, 2, 2])))
        row = [name, chance.choice("男女"), f"{year}年{month}月{date}日", chance.choice(towns), f"1{chance.choice('3578')}{chance.randrange(10 ** 9):09}"]
        rows.append((person, row))
        if person < doubles:
            copy = damage(chance, row, (0, 1, 2, 3), 0.1, 0.1)
            if chance.random() < 0.2:
                copy[0] = "".join(ALIKE.get(character, character) for character in name)
            if chance.random() < 0.1:
                copy[2] = f"{year}年{chance.randrange(1, 13)}月{date}日"
            if chance.random() < 0.2:
                copy[3] = ""
            rows.append((person, copy))
    chance.shuffle(rows)
    return ["姓名", "性别", "出生年月", "所在乡镇", "联系方式"], rows


def namesakes(seed, ours, theirs, both):
    """Names and births, nothing else, and each name is that of many: who stands in the second list may do so several times."""
    chance = random.Random(seed)
    given, surnames = Words(chance, 12, (1, 2)), Words(chance, 12, (1, 2))
    first, second = [], []
    for number in range(ours + theirs - both):
        name, birth = f"{given.draw()} {surnames.draw()}", "{}-{:02}-{:02}".format(*day(chance))
        if number < ours:
            first.append((number, [name, birth]))
        for _ in range(0 if both <= number < ours else chance.choice([1, 1, 2, 3])):
            second.append((number, [slip(chance, name) if chance.random() < 0.1 else name, birth if chance.random() < 0.95 else "{}-{:02}-{:02}".format(*day(chance))]))
    chance.shuffle(first)
    chance.shuffle(second)
    return (["name", "birth"], first), (["name", "birth"], second)


def papers(seed, ours, theirs, both):
    """Two lists of essays: few columns, most of which say it alone; the other list writes authors and journals in its own manner."""
    chance = random.Random(seed)
    words, given, surnames = Words(chance, 1500, (2, 3)), Words(chance, 300, (2,)), Words(chance, 1200, (2, 3))
    journals = {"Sys Conf": "International Conference on Systems", "Trans. Syst.": "Transactions on Systems (TOS)", "Syst. J.": "The Systems Journal"}
    first, second = [], []
    for number in range(ours + theirs - both):
        title = " ".join(words.draw() for _ in range(chance.randrange(4, 13))).capitalize()
        authors = [(given.draw().capitalize(), surnames.draw().capitalize()) for _ in range(chance.choice([1, 2, 2, 3, 3, 4, 6]))]
        journal, year = chance.choice(sorted(journals)), str(chance.randrange(1994, 2004))
        if number < ours:
            first.append((number, [f"x/{number}", title, ", ".join(" ".join(author) for author in authors), journal, year]))
        if both <= number < ours:
            continue
        if chance.random() < 0.1:
            title = slip(chance, title)
        if chance.random() < 0.05:
            authors.reverse()
        if chance.random() < 0.1:
            authors = [(name[0] + ".", surname) for name, surname in authors]
        second.append((number, [str(7 * number), title, ", ".join(" ".join(author) for author in authors), journals[journal], year]))
    chance.shuffle(first)
    chance.shuffle(second)
    header = ["id", "title", "authors", "venue", "year"]
    return (header, first), (header, second)


def drinks(seed, ours, theirs, both):
    """Names in which one word of three says which: the other list puts the maker before it, and half of the kinds behind it."""
    chance = random.Random(seed)
    words = Words(chance, 600, (2, 3))
    makers = [" ".join(words.draw() for _ in range(chance.choice([1, 2]))) for _ in range(250)]
    kinds = ["american ale", "pale ale", "irish ale", "american stout", "wheat ale", "barley wine"]
    first, second = [], []
    for number in range(ours + theirs - both):
        maker, name, kind, strength = chance.choice(makers), " ".join(words.draw() for _ in range(chance.choice([1, 1, 2]))), chance.choice(kinds), chance.uniform(4, 11)
        if number < ours:
            first.append((number, [f"{name} {kind.split()[1]}", maker + chance.choice([" brewing company", " brewery"]), kind, f"{strength:.2f} %"]))
        if both <= number < ours:
            continue
        second.append((number, [(maker.split()[0] + " " if chance.random() < 0.7 else "") + f"{name} " + (kind.split()[1] if chance.random() < 0.8 else "ale"),
                                maker + chance.choice([" brewing company", " brewery"]), kind if chance.random() < 0.4 else chance.choice(kinds),
                                f"{strength:.2f} %" if chance.random() < 0.8 else f"{strength:.1f} %"]))
    chance.shuffle(first)
    chance.shuffle(second)
    header = ["drink", "maker", "style", "strength"]
    return (header, first), (header, second)


def citations(seed, works, rows):
    """Few works, cited dozens of times, by hand: what the same looks like is the most frequent thing in the list."""
    chance = random.Random(seed)
    words, surnames = Words(chance, 500, (2, 3)), Words(chance, 160, (2, 3))
    journals = [" ".join(words.draw() for _ in range(chance.choice([2, 3, 4]))) for _ in range(works // 2)]
    known = [([(chance.choice(string.ascii_lowercase), surnames.draw()) for _ in range(chance.choice([1, 2, 2, 3, 4]))], [words.draw() for _ in range(chance.randrange(4, 11))],
              chance.choice(journals), str(chance.randrange(1985, 1999)), chance.randrange(1, 400)) for _ in range(works)]
    listed = []
    for _ in range(rows):
        work = chance.choices(range(works), [1 / (rank + 3) for rank in range(works)])[0]
        authors, title, journal, year, page = known[work]
        manner = chance.choice(["{0}. {1}", "{1}, {0}."])
        row = [" and ".join(manner.format(*author) for author in authors) if chance.random() < 0.85 else authors[0][1] + ", et al.",
               " ".join(title if chance.random() < 0.9 else title[:-1]), chance.choice([journal, journal, "in " + journal, journal.split()[0], ""]),
               chance.choice([year, year, f"({year})", ""]), chance.choice(["", f"pp. {page}-{page + 12}", f"{page}--{page + 12}"])]
        listed.append((work, [row[0], slip(chance, row[1]) if chance.random() < 0.1 else row[1], *row[2:]]))
    return ["author", "title", "venue", "date", "pages"], listed


def accounts(seed, people):
    """Up to eleven rows of each, many with gaps, exchanged names, letters stirred, days some weeks off: many pairs are only the same by way of a third row."""
    chance = random.Random(seed)
    given, surnames, towns, words = Words(chance, 70, (2,)), Words(chance, 60, (2, 3)), Words(chance, 40, (2, 3)), Words(chance, 2000, (2, 3))
    rows = []

    def stirred(text):
        places = sorted(chance.sample(range(len(text)), min(len(text), chance.choice([2, 3, 4]))))
        letters = list(text)
        for place, letter in zip(places, chance.sample([text[place] for place in places], len(places))):
            letters[place] = letter
        return "".join(letters)

    for person in range(people):
        born = datetime.date(1970, 1, 1) + datetime.timedelta(days=chance.randrange(17500))
        name, family, town, mail = given.draw(), surnames.draw(), towns.draw(), f"{words.draw()}{chance.randrange(100):02}@{words.draw()}.com"
        for _ in range(min(11, max(1, int(chance.gammavariate(2, 2.75))))):
            row = [name, family, str(born), town, mail]
            if chance.random() < 0.18:
                row[0], row[1] = family, name
            if chance.random() < 0.2:
                row[2] = str(born + datetime.timedelta(days=int(chance.gauss(0, 60))))
            row = [stirred(cell) if column != 2 and chance.random() < 0.18 else cell for column, cell in enumerate(row)]
            rows.append((person, ["" if column != 2 and chance.random() < 0.14 else cell for column, cell in enumerate(row)]))
    return ["first_name", "surname", "dob", "city", "email"], rows


TRADITIONAL = dict(zip("张刘陈杨黄赵马罗郑谢许邓韩冯叶程苏吕钟谭陆华国建丽兰红荣德强庆东晓艳凤宝龙贵伟军",
                       "張劉陳楊黃趙馬羅鄭謝許鄧韓馮葉程蘇呂鐘譚陸華國建麗蘭紅榮德強慶東曉艷鳳寶龍貴偉軍"))
COUNTIES = {"440105": "广东省广州市海珠区", "440605": "广东省佛山市南海区", "430124": "湖南省长沙市宁乡县", "430524": "湖南省邵阳市隆回县",
            "510121": "四川省成都市金堂县", "511324": "四川省南充市仪陇县", "411626": "河南省周口市淮阳县", "411525": "河南省信阳市固始县"}


def identity(chance, county, birth, is_man):
    body = county + birth + f"{chance.randrange(100):02}" + str(chance.randrange(5) * 2 + is_man)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11]


def misheard(chance, name):
    """A Han name as another clerk writes it."""
    kind = chance.random()
    if kind < 0.12:
        name = "".join(ALIKE.get(character, character) for character in name)
    elif kind < 0.17:
        name = name[0] + name[1:][::-1]
    elif kind < 0.22 and len(name) == 3:
        name = name[0] + name[2]
    elif kind < 0.26:
        name = name[:-1] + chance.choice(GIVEN_HAN)
    elif kind < 0.29:
        name = chance.choice("小阿老") + name[-1]
    return "".join(TRADITIONAL.get(character, character) for character in name) if chance.random() < 0.15 else name


def two_offices(seed, ours, theirs, both):
    """Two Chinese registers that ask for different things: the one for ID number and household, the other one for month of birth and address."""
    chance = random.Random(seed)
    weights = [1 / (rank + 3) for rank in range(len(SURNAMES_HAN))], [1 / (rank + 8) for rank in range(len(GIVEN_HAN))]
    first, second = [], []
    for person in range(ours + theirs - both):
        year, month, date = day(chance)
        name = chance.choices(SURNAMES_HAN, weights[0])[0] + "".join(chance.choices(GIVEN_HAN, weights[1], k=chance.choice([1, 2, 2, 2])))
        sex, county = chance.choice("男女"), chance.choice(sorted(COUNTIES))
        home = COUNTIES[county] + chance.choice("东西南北上下大小新老") + chance.choice("河山岭湖塘桥庄店湾坪") + "村"
        phone = f"1{chance.choice('3578')}{chance.randrange(10 ** 9):09}" if chance.random() < 0.5 else ""
        if person < ours:
            first.append((person, [f"A{person}", name, identity(chance, county, f"{year}{month:02}{date:02}", sex == "男"), home, phone]))
        if both <= person < ours:
            continue
        name = misheard(chance, name)
        if chance.random() < 0.15:
            home = chance.choice([home[3:], COUNTIES[county], COUNTIES[chance.choice(sorted(COUNTIES))]])
        if chance.random() < 0.25:
            phone = chance.choice(["", slip(chance, phone, string.digits)])
        year += chance.choice([0, 0, 0, 0, 0, 0, 0, 0, 1, -1, 10])
        second.append((person, [str(len(second) + 1), name, sex, f"{year}-{month:02}", home, phone]))
    chance.shuffle(first)
    chance.shuffle(second)
    return (["编号", "姓名", "身份证号", "户籍地址", "联系电话"], first), (["序号", "姓名", "性别", "出生年月", "家庭住址", "电话"], second)
