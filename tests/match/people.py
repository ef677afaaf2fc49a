# SPDX-License-Identifier: GPL-3.0-or-later
"""Invented people and the ways in which they, and those who write them down, get things wrong (domain of family
tracing: a sibling's name, a surname that only sounds alike, names known by sound, ages that are guesses, several homes,
phones with digits that can't be read, an accent taken for the neighbour's). Works with nothing of the program: readings
come from the Unicode Han database, the regions from the national list."""

import bz2
import csv
import os
import random
import re
import unicodedata

UNICODE = "/usr/share/unicode"

SURNAMES = (
    "王720 李718 张677 刘512 陈460 杨334 黄225 赵206 吴200 周193 徐145 孙141 马130 胡131 朱128 郭117 何113 林110 罗100 高99 郑93 梁84 谢76 "
    "宋73 唐70 许68 邓64 韩62 冯61 曹60 彭58 曾57 肖56 田52 董51 潘49 袁46 蔡46 蒋45 余44 于43 杜43 叶42 程41 魏40 苏39 吕38 丁37 任35 "
    "卢34 姚33 沈33 钟32 姜31 崔30 谭30 陆29 范28 汪28 廖27 石27 金26 韦25 贾25 夏24 付24 方23 邹23 熊22 白22 孟22 秦21 邱21 侯20 江20 尹20 "
    "薛19 闫19 段18 雷18 龙17 史17 陶17 贺16 毛16 郝16 顾16 龚15 邵15 万15 覃14 武14 钱14 戴14 严13 莫13 孔13 向12 常12 汤11 康11 易10 乔10 "
    "赖10 文9 庞9 樊9 兰9 殷8 施8 洪8 翟8 安8 颜7 倪7 牛7 温7 季6 俞6 章6 鲁6 葛6 伍5 申5 尤5 毕5 聂5 焦5 芦4 邢4 岳4 梅4 辛4 管4 祝4 左4 涂4 "
    "谷3 舒3 耿3 牟3 卜3 詹3 关3 苗3 凌3 费2 纪2 盛2 童2 欧2 甘2 项2 曲2 成2 游2 阳2 裴2 席2 卫2 屈2 鲍2 单2 仇1 解1 欧阳2 司马1 上官1")
GIVEN = {
    "1": "国明建文华军平志伟强东海林春生光德永福成新金荣杰红庆峰忠学勇刚辉斌超波涛亮宏云龙祥清玉才全根兴宝安长良顺仁义武山水木松柏贵友万世绍先立正民富宗大启子少小有天一家俊浩宇鹏飞鑫磊洋凯博",
    "2": "英秀玉华兰芳丽桂红梅珍香琴美凤春霞淑金燕萍敏云莲娟艳花玲月翠素爱静娥琼清菊慧莉彩仙巧洁蓉婷小雪晶倩颖萌佳琳璐瑶思雨欣",
}
PROVINCES = {"41": 12, "51": 10, "37": 8, "43": 8, "44": 8, "42": 7, "34": 7, "45": 5, "36": 5, "13": 5, "52": 5, "32": 5, "53": 4, "61": 4,
             "50": 3, "35": 3, "33": 3, "62": 3, "14": 3, "21": 3, "23": 3, "22": 2, "15": 2, "65": 2, "46": 1, "64": 1, "63": 1, "11": 1, "12": 1, "31": 1}
NEIGHBOURS = {"41": "34 37 13 14 61 42", "51": "50 52 53 61 62", "37": "41 32 34 13", "43": "42 36 44 45 52", "44": "45 43 36 35", "42": "41 34 36 43 50",
              "34": "41 32 33 36 42", "45": "44 43 52 53", "36": "43 42 34 33 35 44", "13": "41 37 14 15 21", "52": "51 50 43 45 53", "32": "37 34 33 31",
              "53": "51 52 45", "61": "41 62 51 14 42", "50": "51 52 43 42", "35": "44 36 33", "33": "32 34 36 35", "62": "61 51 63 64", "14": "13 41 61 15",
              "21": "22 13 15", "23": "22 15", "22": "21 23 15", "15": "13 14 21 62", "65": "62 63", "46": "44", "64": "62 61", "63": "62 51", "11": "13 12",
              "12": "13 11", "31": "32 33"}
DIALECTS = {"44": "粤语 广东话 白话 客家话", "35": "闽南话 福州话", "33": "吴语 温州话", "32": "江淮官话 苏州话", "51": "四川话 川音 西南官话", "50": "重庆话 四川话",
            "43": "湖南话 湘语", "36": "赣语 江西话", "41": "河南话 中原官话", "37": "山东话", "61": "陕西话", "14": "山西话 晋语", "21": "东北话", "22": "东北话",
            "23": "东北话", "42": "湖北话 武汉话", "45": "桂柳话 白话", "52": "贵州话 西南官话", "53": "云南话", "65": "维语", "34": "安徽话"}
# Each mark in the words of several clerks.
PARTS = [("左手背", "左侧手背", "左手手背"), ("右手背", "右侧手背"), ("左前臂", "左小臂", "左侧前臂"), ("右前臂", "右小臂"), ("额头", "前额", "额部"),
         ("左脸颊", "左脸", "左侧面颊"), ("右脸颊", "右脸"), ("左膝盖", "左膝"), ("右膝盖", "右膝"), ("后颈", "脖子后面", "颈后"), ("胸前", "胸口"),
         ("左小腿", "左腿肚"), ("右小腿",), ("后背", "背部"), ("下巴", "下颌"), ("左手腕", "左腕"), ("右手腕", "右腕"), ("腹部", "肚子上"), ("左上臂", "左大臂"),
         ("右上臂", "右大臂"), ("右肩", "右肩膀"), ("左肩", "左肩膀"), ("左脚背",), ("右脚踝",)]
KINDS = [("有纹身", "刺青", "纹有图案", "有刺青"), ("有疤痕", "疤", "有一道伤疤"), ("烫伤疤痕", "有烫伤的疤", "烧伤"), ("有黑痣", "一颗痣", "有痣"), ("有胎记", "胎记"),
         ("有刀疤", "刀伤疤痕"), ("手术疤痕", "开刀留下的疤")]
WHOLE = [("缺右手食指", "右手食指缺失", "右手食指断了"), ("左耳失聪", "左耳听不见", "左耳聋"), ("走路微跛", "走路有点瘸", "跛行"), ("驼背", "背驼"), ("缺一颗门牙", "门牙缺失", "少一颗门牙"),
         ("右眼失明", "右眼瞎", "右眼看不见"), ("头发花白", "白发"), ("右手六指", "右手多一指"), ("嘴歪", "歪嘴"), ("左手小指断", "左手小指缺失")]
KIN = ["母亲", "父亲", "哥哥", "姐姐", "弟弟", "妹妹", "丈夫", "妻子", "儿子", "女儿"]
LOOKALIKES = "末未 己已 王玉 李季 刘列 张涨 芳方 建健 兰三 玲铃 莲连 英央 侯候 田由 白百 木本 宋末 令今 杨扬 徐除 许讲 付符 肖消 贾贯 汪江 桂佳 娟捐 明朋 志忠 秋私 静净 梅悔 国围 丽而 永水 根恨 平半 成戌 清请 海悔 强弦 杰烈 敏繁 洁结 琴琹 慧彗 天夫 大太 生牛 仁仕 金全 宝室 良食 俊峻 鹏朋 萍平 淑叔 凤风 花化 霞露 云去 长张 林材 春看 庆床 峰锋 军车 东车 文交 友支 立位 光先 兴只 世也"
CONFUSED = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"), ("r", "l")]


def toneless(text):
    plain = unicodedata.normalize("NFD", text.lower()).replace("u\u0308", "v")
    return "".join(c for c in plain if not unicodedata.combining(c))


class Sounds:
    """How common characters are read, and which others sound so, or so in dialects."""

    def __init__(self):
        self.reading, common = {}, {}
        with bz2.open(UNICODE + "/Unihan_Readings.txt.bz2", "rt", encoding="utf-8") as lines:
            for line in lines:
                parts = line.rstrip("\n").split("\t")
                if len(parts) == 3 and parts[1] == "kMandarin":
                    self.reading[chr(int(parts[0][2:], 16))] = toneless(parts[2].split()[0])
                if len(parts) == 3 and parts[1] == "kHanyuPinlu":
                    character = chr(int(parts[0][2:], 16))
                    common[character] = sum(int(n) for n in re.findall(r"\((\d+)\)", parts[2]))
        self.reading.update({"曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "翟": "zhai", "覃": "qin"})
        names = set(re.sub(r"[\d ]", "", SURNAMES)) | set("".join(GIVEN.values()))
        self.usual = [c for c in self.reading if common.get(c, 0) > 20 or c in names]
        self.by_sound = {}
        for character in self.usual:
            self.by_sound.setdefault(self.reading[character], []).append(character)

    def same(self, rng, character):
        others = [c for c in self.by_sound.get(self.reading.get(character, ""), []) if c != character]
        return rng.choice(others) if others else None

    def dialect(self, rng, character):
        sound, found = self.reading.get(character, ""), []
        for first, second in CONFUSED:
            for one, other in ((first, second), (second, first)):
                if sound.startswith(one) and not (len(one) == 1 and sound[1:2] == "h" and one in "zcs"):
                    found += self.by_sound.get(other + sound[len(one):], [])
        if sound.endswith("ng"):
            found += self.by_sound.get(sound[:-1], [])
        elif sound.endswith("n"):
            found += self.by_sound.get(sound + "g", [])
        return rng.choice(found) if found else None

    def pinyin(self, name):
        return " ".join(self.reading.get(c, c) for c in name)


class World:
    """Draws people, and what is said of them."""

    def __init__(self, seed, regions):
        self.rng = random.Random(seed)
        self.sounds = Sounds()
        pairs = re.findall(r"([^\d ]+)(\d+)", SURNAMES)
        self.surnames, self.surname_weights = [p[0] for p in pairs], [int(p[1]) for p in pairs]
        self.given_weights = {sex: [1 / (i + 4) for i in range(len(text))] for sex, text in GIVEN.items()}
        self.counties, self.names = {}, {}
        with open(regions, encoding="utf-8") as file:
            for row in csv.DictReader(file):
                self.names[row["code"]] = row["name"]
                if row["valid"] == "current" and not row["code"].endswith("00") and row["name"] not in ("市辖区", "县"):
                    self.counties.setdefault(row["code"][:2], []).append(row["code"])
        self.provinces, self.province_weights = list(PROVINCES), list(PROVINCES.values())
        self.shapes = {}
        for pair in LOOKALIKES.split():
            self.shapes.setdefault(pair[0], []).append(pair[1])
            self.shapes.setdefault(pair[1], []).append(pair[0])

    def given_name(self, sex):
        rng = self.rng
        n = 1 if rng.random() < 0.18 else 2
        return "".join(rng.choices(GIVEN[sex], self.given_weights[sex], k=n) if rng.random() > 0.1 else rng.choices(self.sounds.usual, k=n))

    def name(self, sex):
        return self.rng.choices(self.surnames, self.surname_weights)[0] + self.given_name(sex)

    def mark(self):
        rng = self.rng
        return (rng.randrange(len(WHOLE)),) if rng.random() < 0.2 else (rng.randrange(len(PARTS)), rng.randrange(len(KINDS)))

    def mark_text(self, mark):
        rng = self.rng
        if len(mark) == 1:
            return rng.choice(WHOLE[mark[0]])
        return rng.choice(PARTS[mark[0]]) + rng.choice(KINDS[mark[1]])

    def accent_text(self, county):
        rng, province = self.rng, county[:2]
        name = re.sub("(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$", "", self.names[province + "0000"])
        prefecture = re.sub("(市|地区|盟)$", "", self.names.get(county[:4] + "00", ""))
        kind = rng.random()
        if kind < 0.5:
            return name + rng.choice(["口音", "话", "一带口音", "人口音"])
        if kind < 0.7 and province in DIALECTS:
            return rng.choice(DIALECTS[province].split())
        if kind < 0.85 and len(prefecture) >= 2 and prefecture != "市辖区":
            return name + prefecture + rng.choice(["口音", "一带", ""])
        return "带" + name + "口音的普通话"

    def phone(self):
        return self.rng.choice(["130", "135", "138", "139", "150", "158", "176", "186", "189"]) + "%08d" % self.rng.randrange(10 ** 8)

    def person(self):
        """Who somebody is: all of it, whether or not anybody knows."""
        rng = self.rng
        sex = "1" if rng.random() < 0.72 else "2"
        year = 2026 - min(max(int(rng.gauss(48, 18)), 14), 92)
        return {"name": self.name(sex), "sex": sex, "year": year, "month": rng.randint(1, 12), "day": rng.randint(1, 28),
                "county": rng.choice(self.counties[rng.choices(self.provinces, self.province_weights)[0]]),
                "height": int(rng.gauss(168 if sex == "1" else 157, 6)), "marks": [self.mark() for _ in range(rng.choice((1, 1, 1, 2)))],
                "phone": self.phone(), "kin": (rng.choice(KIN), self.name(rng.choice("12")))}

    def record(self, person):
        """What the station wrote down when the person was here first."""
        rng = self.rng
        record = {"name": person["name"], "sex": person["sex"]}
        if rng.random() < 0.7:
            record["birth_from"] = record["birth_to"] = "%04d-%02d-%02d" % (person["year"], person["month"], person["day"])
        elif rng.random() < 0.9:
            first = person["year"] - rng.randint(0, 5)
            record["birth_from"], record["birth_to"] = f"{first}-01-01", f"{first + 5}-12-31"
        if rng.random() < 0.85:
            record["household"] = person["county"]
        if rng.random() < 0.75:
            record["height_cm"] = person["height"] + rng.randint(-1, 1)
        if rng.random() < 0.6:
            record["accent"] = self.accent_text(person["county"])
        if rng.random() < 0.6:
            record["marks"] = "，".join(self.mark_text(mark) for mark in person["marks"])
        if rng.random() < 0.35:
            record["phone"] = person["phone"]
        if rng.random() < 0.3:
            record["kin"] = " ".join(person["kin"])
        if rng.random() < 0.06:
            record["alias"] = rng.choice(["小", "阿"]) + person["name"][-1]
        return record

    # --- What goes wrong ---------------------------------------------------------------------------

    def wrong_name(self, name, kind):
        """The name with one mistake of that kind, or None where it can't have it."""
        rng, start = self.rng, 2 if name[:2] in ("欧阳", "司马", "上官") else 1
        at = rng.randrange(len(name))
        if kind == "sound":
            other = self.sounds.same(rng, name[at])
        elif kind == "dialect":
            other = self.sounds.dialect(rng, name[at])
        elif kind == "shape":
            other = rng.choice(self.shapes.get(name[at], [None]))
        elif kind == "sibling":
            at = rng.randrange(start, len(name))
            other = rng.choice(GIVEN["1"] + GIVEN["2"]) if len(name) - start == 2 else None
        elif kind == "surname":
            at, other = 0, rng.choice([s for s in self.surnames if len(s) == 1]) if start == 1 and len(name) == 3 else None
        elif kind == "swapped":
            return name[:-2] + name[-1] + name[-2] if len(name) - start == 2 else None
        elif kind == "dropped":
            return name[:start] + name[rng.choice((start, start + 1))] if len(name) - start == 2 else None
        else:
            return name[:start] + rng.choice(GIVEN["1"]) + name[start:] if len(name) - start < 2 else None
        return name[:at] + other + name[at + 1:] if other and other != name[at] else None

    KINDS_OF_WRONG = ("sound", "sound", "sound", "dialect", "dialect", "shape", "sibling", "surname", "swapped", "dropped", "added")

    def mistaken(self, name, times):
        wrong = name
        while times > 0:
            other = self.wrong_name(wrong, self.rng.choice(self.KINDS_OF_WRONG))
            if other and other != name:
                wrong, times = other, times - 1
        return wrong

    def said_birth(self, person, off, width):
        first = person["year"] + off - width
        return {"birth_from": f"{first}-01-01", "birth_to": f"{first + 2 * width}-12-31"}

    def said_rest(self, person, query, share, home):
        """What else comes up at the door: each with a chance, and some of it wrong."""
        rng = self.rng
        if rng.random() < home:
            county = person["county"] if rng.random() < 0.9 else rng.choice(self.counties[person["county"][:2]])
            if rng.random() < 0.5:
                query["household"] = county
            else:
                query["address"] = self.names[county[:2] + "0000"] + self.names[county] + "某村"
        if rng.random() < share:
            query["height_cm"] = person["height"] + rng.randint(-5, 5)
        if rng.random() < share:
            query["accent"] = self.heard_accent(person)
        if rng.random() < share * 0.6:
            query["marks"] = self.mark_text(rng.choice(person["marks"]))
        if rng.random() < share * 0.2:
            digits = list(person["phone"])
            digits[rng.randrange(3, 11)] = rng.choice("?0123456789")
            query["phone"] = "".join(digits)
        if rng.random() < share * 0.3:
            query["kin"] = person["kin"][0] + " " + person["kin"][1]
        return query

    def heard_accent(self, person):
        county = person["county"]
        if self.rng.random() < 0.1:
            county = self.rng.choice(self.counties[self.rng.choice(NEIGHBOURS[county[:2]].split())])
        return self.accent_text(county)

    def at_the_door(self, person, errors, off, share=0.85, home=0.95):
        """A form that is filled as far as somebody answers. Who says little: a small @share, and seldom a @home."""
        query = {"name": self.mistaken(person["name"], errors), "sex": person["sex"]}
        if off == 0 and self.rng.random() < 0.4:
            query["birth_from"] = query["birth_to"] = "%04d-%02d-%02d" % (person["year"], person["month"], person["day"])
        else:
            query.update(self.said_birth(person, off * self.rng.choice((-1, 1)), 2))
        return self.said_rest(person, query, share, home)

    def traced(self, person):
        """By what was said alone: the name by its sound, the age within ten years, the accent, one mark."""
        rng, name = self.rng, person["name"]
        kind = rng.random()
        if kind < 0.4:
            heard = "".join(self.sounds.same(rng, c) or c for c in name) + "（音）"
        elif kind < 0.8:
            heard = self.sounds.pinyin(name)
        else:
            heard = "".join(self.sounds.dialect(rng, c) or c if rng.random() < 0.3 else self.sounds.same(rng, c) or c for c in name)
        query = {"name": heard, "sex": person["sex"], "accent": self.heard_accent(person), "marks": self.mark_text(rng.choice(person["marks"]))}
        query.update(self.said_birth(person, rng.randint(-8, 8), 10))
        return query


def regions_file():
    return os.path.join(os.environ.get("GUITU_SOURCE", "."), "db", "data", "regions.csv")
