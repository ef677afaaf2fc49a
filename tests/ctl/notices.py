# SPDX-License-Identifier: GPL-3.0-or-later
"""A station with somebody nobody knows, for the tests of notices to find kin."""

import json
import pathlib
import subprocess

from station import StationTest

USERS = {"clerk": "intake", "caseworker": "caseworker", "minors": "minors", "manager": "manager", "deputy": "manager", "auditor": "auditor"}
UNKNOWN = ("person.sex=男", "person.birth_from=1976-01-01", "person.birth_to=1986-12-31", "person.height_cm=168", "person.health=mental",
           "person.marks=左眉上有旧疤", "person.accent=湖北东部口音", "person.phone=13800000000", "found_place=江南大道中地铁站出口", "clothing=深蓝色棉外套")


def make_picture(path, color="#446688"):
    """A portrait, so to speak: what matters is whether it is there."""
    subprocess.run(["convert", "-size", "300x380", f"gradient:{color}-white", path], check=True)


class NoticeTest(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_staffed_station(USERS)
        cls.picture = cls.path("portrait.jpg")
        make_picture(cls.picture)

    def take_in(self, *fields, photo=False, station=None):
        """Somebody who is in the house: the ids of person and stay."""
        station = station or self.station
        came = station.register(*(fields or UNKNOWN), user="clerk")
        station.one("stay", "admit", came["id"], user="clerk")
        if photo:
            station.one("file", "add", came["person"]["id"], self.picture, "--photo", user="clerk")
        return came["person"]["id"], came["id"]

    def prepare(self, person, *words, user="caseworker", station=None):
        return (station or self.station).one("notice", "prepare", person, *words, user=user)

    def approve(self, notice, *words, user="manager", station=None):
        return (station or self.station).one("notice", "review", notice["id"], "--approve", *words, user=user)

    def publish(self, person, *words, station=None):
        notice = self.prepare(person, *words, station=station)
        self.approve(notice, station=station)
        return (station or self.station).one("notice", "publish", notice["id"], user="caseworker")

    def show(self, notice, station=None):
        return (station or self.station).one("notice", "show", notice["id"], user="manager")

    def export(self, folder, station=None):
        return (station or self.station).one("notice", "export", folder, user="caseworker")

    @staticmethod
    def files(folder):
        return {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}

    def posting(self, notice, station=None):
        """What other stations see, as a dictionary of what is set."""
        with (station or self.station).connect() as connection:
            rows = connection.execute("SELECT * FROM posting WHERE hex(id) = ?", (notice["posting"].replace("-", "").upper(),))
            names = [column[0] for column in rows.description]
            (row,) = rows.fetchall()
        return {name: value for name, value in zip(names, row) if value is not None and not name.startswith("base_") and name != "row"}

    def open_tasks(self, notice, station=None):
        """The kinds of those about the notice itself."""
        return sorted(task["kind"] for task in (station or self.station).all("tasks", user="manager") if task.get("about") == notice["id"])


def text_of(result):
    return json.dumps(result, ensure_ascii=False)
