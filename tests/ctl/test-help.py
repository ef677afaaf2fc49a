# SPDX-License-Identifier: GPL-3.0-or-later
"""Help covers every verb, and the lists hold every field and code."""

import csv
import os
import re

from station import StationTest, guituctl, main

SOURCE = os.environ["GUITU_SOURCE"]


class Help(StationTest):
    def verbs(self):
        listed = re.findall(r"^  ([a-z-]+(?: [a-z-]+)?)  +\S", guituctl("--help").stdout, re.M)
        self.assertGreater(len(listed), 30)
        return listed

    def test_overview(self):
        for words in ((), ("--help",)):
            result = guituctl(*words)
            self.assertEqual((result.status, result.stderr), (0, ""))
            self.assertTrue(result.stdout.startswith("guituctl [--store DIR]"))

    def test_every_verb_has_help(self):
        for verb in self.verbs():
            with self.subTest(verb=verb):
                result = guituctl(*verb.split(), "--help")
                self.assertEqual((result.status, result.stderr), (0, ""))
                lines = result.stdout.splitlines()
                self.assertEqual(lines[0], f"guituctl {verb} …")
                self.assertGreater(len(lines[2]), 10)

    def test_help_on_a_group(self):
        listed = re.findall(r"^  ([a-z]+ [a-z]+)  +\S", guituctl("stay", "--help").stdout, re.M)
        self.assertEqual(listed, [verb for verb in self.verbs() if verb.startswith("stay ")])

    def test_the_contract_is_there(self):
        """The verbs of the main job, by the names that scripts rely on."""
        expected = {"init", "person add", "person edit", "person show", "person find", "person statement", "person history",
                    "stay arrive", "stay admit", "stay event", "stay bed", "stay leave", "stay show", "stay board",
                    "transfer plan", "transfer depart", "transfer show", "transfer list",
                    "paper kinds", "paper issue", "paper show", "paper reprint", "paper void", "paper list", "paper blank",
                    "verify", "file add", "station card", "station trust", "bundle export", "bundle import",
                    "user add", "user list", "user disable", "user passwd", "ledger verify", "ledger show", "conflict list", "conflict settle", "check", "demo"}
        self.assertLessEqual(expected, set(self.verbs()))
        self.assertIn("  bench [NAME] ", guituctl("--help").stdout)
        bench = guituctl("bench", "--help").stdout.splitlines()
        self.assertEqual(bench[0], "guituctl bench …")
        self.assertIn("search", bench[-1])

    def test_codes(self):
        with open(os.path.join(SOURCE, "app/data/codes.csv"), encoding="utf-8-sig", newline="") as file:
            written = [(row["list"], row["code"]) for row in csv.DictReader(file)]
        listed = [json_line for json_line in guituctl("codes").results]
        self.assertEqual(sorted((code["list"], code["code"]) for code in listed), sorted(written))
        self.assertTrue(all(code["english"] and code["chinese"] for code in listed))
        sexes = guituctl("codes", "sex").results
        self.assertEqual([code["code"] for code in sexes], ["0", "1", "2", "9"])

    def test_fields(self):
        """Every field of every kind has both labels, and its code list exists."""
        fields = guituctl("fields").results
        lists = {code["list"] for code in guituctl("codes").results}
        kinds = {field["kind"] for field in fields}
        self.assertLessEqual({"station", "user", "person", "statement", "stay", "event", "transfer", "paper", "file"}, kinds)
        for field in fields:
            with self.subTest(field=f"{field['kind']}.{field['field']}"):
                self.assertTrue(field["english"] and field["chinese"])
                if field["type"] == "code":
                    self.assertIn(field["of"], lists)
        of_person = [field["field"] for field in guituctl("fields", "person").results]
        self.assertLessEqual({"name", "alias", "sex", "birth_from", "birth_to", "id_kind", "id_number", "verified_by", "household",
                              "address", "phone", "nation", "height_cm", "accent", "marks", "health", "literate", "photo",
                              "national_number"}, set(of_person))

    def test_help_names_the_fields(self):
        shown = guituctl("person", "add", "--help").stdout
        for field in guituctl("fields", "person").results:
            if field["input"]:
                self.assertRegex(shown, rf"(?m)^  {field['field']} ")


main()
