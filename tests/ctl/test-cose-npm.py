# SPDX-License-Identifier: GPL-3.0-or-later
"""The seal is checked by a COSE library from npm; skipped where there is none (see cose-check.mjs)."""

import os
import shutil
import subprocess

import cbor2

from station import StationTest, main

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cose-check.mjs")
NO_LIBRARY = 77


class CoseByNpm(StationTest):
    def check(self, key, text):
        return subprocess.run(["node", SCRIPT, key, text], capture_output=True, text=True, check=False, timeout=60)

    def test_verifies(self):
        if shutil.which("node") is None:
            self.skipTest("Node is not there")
        station = self.make_station()
        key = station.one("station", "show")["key"]
        stay = station.register("person.name=欧阳娜娜", "person.sex=女")["stay"]["id"]
        paper = station.one("paper", "issue", "intake-registration", "--stay", stay)
        text = paper["seal"]
        result = self.check(key, text)
        if result.returncode == NO_LIBRARY:
            self.skipTest(result.stdout.strip())
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        claims = cbor2.loads(bytes.fromhex(result.stdout))
        self.assertEqual((claims[1], claims[3]), (paper["number"], "440105001"))
        for position in range(4, len(text), 40):
            character = "0" if text[position] != "0" else "1"
            changed = self.check(key, text[:position] + character + text[position + 1:])
            self.assertEqual(changed.returncode, 1, changed.stdout + changed.stderr)


main()
