#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Chinese translation is complete, and every file with text to translate is listed."""

import pathlib
import re
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
listed = set((root / "ui/po/POTFILES").read_text().split())
failures = []

marks = re.compile(r'\b(N_|_|C_|ngettext) \("|translatable="yes"')
for path in sorted((root / "ui").rglob("*")):
    name = path.relative_to(root).as_posix()
    if path.suffix in {".c", ".ui"} and marks.search(path.read_text()) and name not in listed:
        failures.append(f"{name}: add it to ui/po/POTFILES")
for name in sorted(listed):
    if not (root / name).exists():
        failures.append(f"ui/po/POTFILES: there is no {name}")

for language in (root / "ui/po/LINGUAS").read_text().split():
    catalogue = root / f"ui/po/{language}.po"
    counted = subprocess.run(["msgfmt", "--check-format", "--statistics", "-o", "/dev/null", catalogue],
                             capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    if counted.returncode != 0 or "fuzzy" in counted.stderr or "untranslated" in counted.stderr:
        failures.append(f"{catalogue.name}: {counted.stderr.strip()}")

    template = subprocess.run(
        ["xgettext", "-f", root / "ui/po/POTFILES", "-D", root, "-o", "-", "--from-code=UTF-8",
         "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=ngettext:1,2"],
        capture_output=True, text=True, check=True).stdout
    missing = subprocess.run(["msgcmp", catalogue, "-"], input=template, capture_output=True, text=True)
    if missing.returncode != 0:
        failures.append(f"{catalogue.name} lacks messages of the source:\n{missing.stderr.strip()}")

print("\n".join(failures))
sys.exit(1 if failures else 0)
