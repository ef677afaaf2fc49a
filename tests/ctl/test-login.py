# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what: passwords, the growing delay, rights, and users whose access was taken away."""

import datetime
import re
import time

from station import PASSWORD, Station, StationTest, main

ADD = ("person", "add", "--set", "sex=男")
WRONG = {"GUITU_PASSWORD": "not-it"}

# A verb, and the roles among those below that may call it.
STAFF = {"intake", "caseworker", "medical", "minors", "manager"}
LEADERS = {"manager"}
ROLES = STAFF | {"auditor"}
RIGHTS = [
    (ADD, STAFF),
    (("person", "find", "王"), ROLES),
    (("person", "show"), ROLES),
    (("stay", "board"), ROLES),
    (("stay", "admit"), STAFF),
    (("stay", "leave"), STAFF),
    (("transfer", "plan"), STAFF),
    (("paper", "issue"), STAFF),
    (("paper", "void", "X", "--reason", "x"), STAFF),
    (("user", "list"), LEADERS | {"auditor"}),
    (("user", "add"), set()),
    (("user", "disable", "x"), set()),
    (("user", "passwd", "admin", "--password", "stolen-it"), set()),
    (("desk", "invite"), set()),
    (("station", "trust"), LEADERS),
    (("bundle", "export"), LEADERS),
    (("demo",), set()),
]


class Login(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        for role in sorted(ROLES):
            cls.station.one("user", "add", "--set", f"name={role}", "--set", f"role={role}", "--password", "secret-123")

    def attempts(self, user):
        with self.station.connect() as connection:
            return [row[0] for row in connection.execute('SELECT act FROM access WHERE "user" = ? ORDER BY row', (user,))]

    def test_wrong_password(self):
        """Nothing changes but the record of the attempt."""
        before = self.station.dump()
        for user in ("manager", "nobody"):
            self.assert_error(self.station.run(*ADD, user=user, environment=WRONG), 1, "wrong-password", "password")
            self.assertEqual(self.attempts(user), ["login-failed"])
        after = self.station.dump()
        changed = {name for name in after if after[name] != before[name]}
        self.assertLessEqual(changed, {"access", "cell_write", "chain", "entry", "entry_row", "meta"})
        self.station.one(*ADD, user="manager")
        self.assertEqual(self.attempts("manager"), ["login-failed", "login"])

    def test_no_password(self):
        """Nothing was tried, so nothing was wrong and nothing is noted."""
        self.assert_refused(self.station, ADD, 2, "missing", "password", user="caseworker", environment={"GUITU_PASSWORD": ""})

    def wait_out(self, user):
        """Sleeps until the delay after the last failure is over: 2 s after the third, then twice as much."""
        with self.station.connect() as connection:
            (at,) = connection.execute('SELECT max(at) FROM access WHERE "user" = ?', (user,)).fetchone()
        failures = len([act for act in self.attempts(user) if act == "login-failed"])
        end = datetime.datetime.fromisoformat(at).timestamp() + 2 * 2 ** (failures - 3)
        time.sleep(max(0.0, end - time.time()) + 0.2)

    def test_delay_grows(self):
        """Three failures are free; then each doubles the wait, also for who knows the password."""
        waits = []
        for _ in range(3):
            self.assert_error(self.station.run(*ADD, user="medical", environment=WRONG), 1, "wrong-password", "password")
        for _ in range(2):
            result = self.station.run(*ADD, user="medical")
            self.assert_error(result, 1, "wait", "password")
            waits.append(int(re.search(r"(\d+) seconds", result.error["message"])[1]))
            self.wait_out("medical")
            self.assert_error(self.station.run(*ADD, user="medical", environment=WRONG), 1, "wrong-password", "password")
        self.assertLess(waits[0], waits[1])
        self.station.one(*ADD, user="minors")
        self.wait_out("medical")
        self.station.one(*ADD, user="medical")

    def test_nobody_logged_in(self):
        for words in (ADD, ("person", "find"), ("user", "list"), ("demo",)):
            self.assert_refused(self.station, words, 1, "not-logged-in", user="")

    def test_rights(self):
        for words, roles in RIGHTS:
            for role in sorted(ROLES):
                with self.subTest(words=words, role=role):
                    result = self.station.run(*words, user=role)
                    refused = result.status == 1 and result.error["error"] == "not-allowed"
                    self.assertEqual(refused, role not in roles, result.stderr)

    def test_refused_rights_change_nothing(self):
        self.assert_refused(self.station, ADD, 1, "not-allowed", user="auditor")
        self.assert_refused(self.station, ("user", "passwd", "admin", "--password", "stolen-it"), 1, "not-allowed", "name", user="intake")

    def test_disabled(self):
        self.station.one("user", "add", "--set", "name=leaver", "--set", "role=intake", "--password", "secret-123")
        self.station.one(*ADD, user="leaver")
        self.assertEqual(self.station.one("user", "disable", "leaver")["state"], "disabled")
        self.assert_error(self.station.run(*ADD, user="leaver"), 1, "wrong-password", "password")
        self.assert_refused(self.station, ("user", "disable", "admin"), 1, "yourself", "name")

    def test_changed_password(self):
        self.station.one("user", "add", "--set", "name=changer", "--set", "role=intake", "--password", "first-one")
        self.station.one("user", "passwd", "--password", "second-one", user="changer", environment={"GUITU_PASSWORD": "first-one"})
        self.assert_error(self.station.run(*ADD, user="changer", environment={"GUITU_PASSWORD": "first-one"}), 1, "wrong-password", "password")
        self.station.one(*ADD, user="changer", environment={"GUITU_PASSWORD": "second-one"})
        self.assert_refused(self.station, ("user", "passwd", "changer", "--password", "short"), 2, "too-short", "password")
        self.assert_refused(self.station, ("user", "add", "--set", "name=changer", "--set", "role=intake", "--password", "secret-123"),
                            1, "exists", "name")

    def test_passwords_stay_inside(self):
        listed = self.station.all("user", "list")
        self.assertTrue(listed)
        self.assertNotIn("argon2", str(listed))
        self.assertNotIn("password", {field["field"] for field in self.station.all("fields", "user")})


class CostOfGuessing(StationTest):
    def test_passwords_are_dear(self):
        """With nothing preloaded: of each password, what it takes 64 MiB and two passes to try is stored."""
        real = {"LD_PRELOAD": ""}
        station = Station(self.path("dear"))
        station.one("init", "--station", "440105001", "--name", "站", "--region", "440105", "--admin", "admin", user="", environment=real)
        station.one("user", "add", "--set", "name=li", "--set", "role=intake", "--password", PASSWORD, environment=real)
        station.one("user", "passwd", "--password", "another-1", user="li", environment=real)
        with station.connect() as connection:
            hashes = [row[0] for row in connection.execute("SELECT password FROM user")]
        self.assertEqual(len(hashes), 2)
        for text in hashes:
            self.assertRegex(text, r"^\$argon2id\$v=19\$m=65536,t=2,p=1\$")
        station.one(*ADD, user="li", environment={**real, "GUITU_PASSWORD": "another-1"})


class LeavingAlone(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        for role in ("intake", "manager"):
            cls.station.one("user", "add", "--set", f"name={role}", "--set", f"role={role}", "--password", "secret-123")

    def test_a_child(self):
        for fields in (("person.birth_from=2018-05-05",), ("person.birth_from=2008-01-01", "person.birth_to=2016-12-31"),
                       ("person.birth_from=1980-01-01", "person.health=mental")):
            with self.subTest(fields=fields):
                stay = self.station.register("person.sex=男", *fields)["stay"]["id"]
                leave = ("stay", "leave", stay, "--leave_by", "own-will")
                self.assert_refused(self.station, leave, 1, "not-alone", "leave_by", user="intake")
                self.assert_refused(self.station, (*leave, "--ground", "他要走"), 1, "not-alone", "leave_by", user="intake")
                self.assert_refused(self.station, leave, 1, "not-alone", "ground", user="manager")
                self.assertEqual(self.station.one(*leave, "--ground", "父亲在站外等候", user="manager")["state"], "left")

    def test_with_kin(self):
        stay = self.station.register("person.sex=男", "person.birth_from=2018-05-05")["stay"]["id"]
        leave = ["stay", "leave", stay, "--leave_by", "kin", "--received_by", "母亲张某", "--receiver_id", "440105199003071032",
                 "--receiver_proof", "户口簿"]
        self.assert_refused(self.station, leave, 2, "missing", "guardian_check", user="intake")
        left = self.station.one(*leave, "--guardian_check", "经公安核实为其母，评估适宜", user="intake")
        self.assertEqual(left["state"], "left")
        self.assertNotIn("440105199003071032", str(left))

    def test_an_adult_leaves_as_they_like(self):
        stay = self.station.register("person.sex=男", "person.birth_from=1980-05-05")["stay"]["id"]
        self.assertEqual(self.station.one("stay", "leave", stay, "--leave_by", "own-will", user="intake")["state"], "left")
        self.assert_refused(self.station, ("stay", "leave", stay, "--leave_by", "own-will"), 1, "already-left", "stay")
        self.assert_refused(self.station, ("stay", "admit", stay), 1, "already-left", "stay")
        self.assert_refused(self.station, ("transfer", "plan", stay, "--set", "kind=kin"), 1, "already-left", "stay")


main()
