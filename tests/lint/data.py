# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktop file, metainfo, settings, package lists and the Flatpak manifest are valid."""

import glob
import os
import re
import subprocess
import tempfile

import yaml

from tree import run

MANIFEST = "flatpak/io.github.guitu.Guitu.yml"
PACKAGE_LISTS = ("app/data/packages.txt", "tests/packages.txt")

# All that the program may ask of the system; files come through portals.
RIGHTS = {"--share=network", "--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=all"}
SHA256 = re.compile(r"[0-9a-f]{64}")
COMMIT = re.compile(r"[0-9a-f]{40}")


def validate(check, pattern, suffix, command):
    """Runs a validator over a copy with the name that the validator expects."""
    for path in glob.glob(check.path("app/data/" + pattern)):
        with tempfile.TemporaryDirectory() as folder:
            name = os.path.basename(path).removesuffix(".in")
            assert name.endswith(suffix)
            copy = os.path.join(folder, name)
            with open(path, "rb") as source, open(copy, "wb") as target:
                target.write(source.read())
            result = subprocess.run([part.format(file=copy, folder=folder) for part in command], capture_output=True,
                                    text=True, check=False)
        if result.returncode != 0 or "warning" in result.stderr.lower():
            text = (result.stdout + result.stderr).replace(copy, name).strip()
            check.complain(os.path.relpath(path, check.root), 1, f"{command[0]} says:\n{text}")


def check_packages(check):
    for path in PACKAGE_LISTS:
        names = [line for _, line in check.lines(path) if line and not line.startswith("#")]
        if names != sorted(set(names)):
            check.complain(path, 1, "the list is not sorted, or names a package twice; LC_ALL=C sort -u mends it")
    shared = set.intersection(*({line for _, line in check.lines(path) if line and not line.startswith("#")}
                                for path in PACKAGE_LISTS))
    for name in sorted(shared):
        check.complain(PACKAGE_LISTS[1], 1, f"{name} is in {PACKAGE_LISTS[0]} already; take it off here")


def check_source(check, module, source):
    if source["type"] in ("archive", "file") and not SHA256.fullmatch(str(source.get("sha256", ""))):
        check.complain(MANIFEST, 1, f"{module}: what is fetched needs its sha256")
    if source["type"] == "git" and not COMMIT.fullmatch(str(source.get("commit", ""))):
        check.complain(MANIFEST, 1, f"{module}: a git source needs its commit")


def check_manifest(check):
    if not check.exists(MANIFEST):
        check.complain(MANIFEST, 1, "missing")
        return
    try:
        manifest = yaml.safe_load(check.read(MANIFEST))
    except yaml.YAMLError as error:
        check.complain(MANIFEST, error.problem_mark.line + 1, str(error))
        return
    for right in set(manifest["finish-args"]) - RIGHTS:
        check.complain(MANIFEST, 1, f"the program asks for more than it needs: {right}")
    for module in manifest["modules"]:
        for source in module.get("sources", []):
            check_source(check, module["name"], source)


def check_data(check):
    validate(check, "*.desktop.in", ".desktop", ["desktop-file-validate", "{file}"])
    validate(check, "*.metainfo.xml.in", ".metainfo.xml", ["appstreamcli", "validate", "--no-net", "{file}"])
    validate(check, "*.gschema.xml", ".gschema.xml", ["glib-compile-schemas", "--strict", "--dry-run", "{folder}"])
    check_packages(check)
    check_manifest(check)


run(check_data)
