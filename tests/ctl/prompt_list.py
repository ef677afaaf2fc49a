# SPDX-License-Identifier: GPL-3.0-or-later
"""Three stations of one network, one of which may put a man on the list."""

import datetime

import network
from station import MAN_1990, PASSWORD, StationTest, today

FILE = {
    "category": "repeat", "facts": f"{today()} 第三次来站，所报住址查无此处", "offered": "食宿，至户籍地的车票", "said": "不愿回家",
    "screen": "no-signs", "screened_by": "驻站医生", "screened_on": str(today()), "measure": "verify",
}
SECOND = ("--second", "deputy")
SIGNED = {"GUITU_SECOND_PASSWORD": PASSWORD}


def day(days):
    return str(today() + datetime.timedelta(days=days))


class ListTest(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.a, cls.b, cls.c = network.make(cls.path, {"甲": ("clerk", "manager"), "乙": ("clerk",), "丙": ("clerk", "manager", "deputy")}).values()
        cls.register_man(cls.a, -60, -50)
        cls.register_man(cls.b, -40, -30)
        cls.person = cls.register_man(cls.c, -3)
        for station in (cls.a, cls.b):
            cls.carry(station, cls.c)

    @classmethod
    def register_man(cls, station, arrived, left=None):
        fields = ("sex=男", "name=张建国", f"id_number={MAN_1990}", "verified_by=id-card", "marks=左手缺小指，额头有疤")
        stay = station.register(*[f"person.{field}" for field in fields], f"arrived_at={day(arrived)} 10:00")
        station.one("stay", "admit", stay["id"], "--set", f"admitted_at={day(arrived)} 11:00")
        if left is not None:
            station.one("stay", "leave", stay["id"], "--leave_by", "ticket", "--destination", "440105", "--set", f"left_at={day(left)} 09:00")
        return stay["person"]["id"]

    @classmethod
    def carry(cls, source, target, through=()):
        return network.carry(cls.path, source, target, through)

    def copies(self, *stations):
        name = self.id().rsplit(".", maxsplit=1)[-1]
        copies = [station.copy(self.path(f"{name}-{number}")) for number, station in enumerate(stations)]
        for copy, station in zip(copies, stations):
            copy.code = station.code
        return copies

    def propose(self, station, user="clerk", person=None, words=(), through=(), **changed):
        fields = {"person": person or self.person, **FILE, **changed}
        return station.run("blacklist", "propose", *[word for item in fields.items() for word in ("--set", "=".join(item))], *words, user=user, through=through)

    def approve(self, station, user="manager", **changed):
        entry = self.propose(station, **changed).results[0]["id"]
        return station.one("blacklist", "review", entry, "--approve", "--reason", "事实清楚", user=user)

    def warnings(self, station, kind, *fields, through=()):
        words = [word for field in fields for word in ("--set", field)]
        return [warning for warning in station.one("person", "check", *words, through=through)["warnings"] if warning["kind"] == kind]
