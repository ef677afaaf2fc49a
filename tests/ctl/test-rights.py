# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may least and who may most try every verb: allowed and refused exactly as the one table declares.

The other roles do the same in app-rights, in one process."""

import re

from station import StationTest, guituctl, main

ROLES = ("intake", "caseworker", "medical", "minors", "manager", "auditor", "administrator")

TRIED = ("auditor", "administrator")

# Rows that are rights, but no verbs.
NO_VERBS = re.compile(r"see |approve$|let out alone$|relate others$|second$|be caseworker$|notice minors$")

# Verbs that are there before anybody can log in, or that need no station.
WITHOUT_LOGIN = {"init", "paper kinds", "paper blank", "verify", "station show", "station card", "bundle import", "ledger verify",
                 "check", "codes", "fields", "rights", "bench"}

# What each verb needs so that it neither waits for input nor changes who may log in. None of it exists.
WORDS = {
    "user passwd": ("--password", "no"),
    "desk invite": (),
    "demo": ("--people", "1"),
}


class Rights(StationTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.station = cls.make_station()
        for role in ROLES[:-1]:
            cls.station.one("user", "add", "--set", f"name={role}", "--set", f"role={role}", "--password", "secret-123")
        cls.table = {row["right"]: set(row["roles"]) for row in guituctl("rights").results}
        cls.verbs = set(re.findall(r"^  ([a-z-]+(?: [a-z-]+)?)  +\S", guituctl("--help").stdout, re.M))

    def rows_of_verbs(self):
        return [right for right in self.table if not NO_VERBS.match(right)]

    def user(self, role):
        return "admin" if role == "administrator" else role

    def test_every_verb_has_a_row(self):
        self.assertGreater(len(self.verbs), 50)
        self.assertEqual(sorted(self.verbs - WITHOUT_LOGIN - set(self.table)), [])
        self.assertEqual(sorted(WITHOUT_LOGIN & set(self.table)), [])

    def test_every_row_is_a_verb(self):
        missing = [right for right in self.rows_of_verbs() if right not in self.verbs]
        self.assertEqual(missing, [])

    def test_every_verb_is_tried(self):
        for verb in self.rows_of_verbs():
            if verb not in self.verbs:
                continue
            for role in TRIED:
                with self.subTest(verb=verb, role=role):
                    result = self.station.run(*verb.split(), *WORDS.get(verb, ()), user=self.user(role), stdin="")
                    is_refused = result.status != 0 and result.error["error"] == "not-allowed" and "field" not in result.error
                    self.assertEqual(is_refused, role not in self.table[verb], result.stderr)
                    if is_refused:
                        self.assertEqual((result.status, result.stdout), (1, ""))

    def test_what_roles_see(self):
        """The rights that are no verbs are held by somebody, and not by everybody."""
        for right in self.table:
            if NO_VERBS.match(right):
                with self.subTest(right=right):
                    self.assertTrue(self.table[right])
                    self.assertLess(self.table[right], set(ROLES))


main()
