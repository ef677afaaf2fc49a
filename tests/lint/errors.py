# SPDX-License-Identifier: GPL-3.0-or-later
"""Every error code that a verb can give has a sentence in ui/errors.c that says what to do."""

import re

from tree import run

SENTENCES = "ui/errors.c"
FAILURE = re.compile(r'(GUITU_ERROR_[A-Z]+),\s*"([a-z0-9-]+)"')
REFUSAL = re.compile(r'\{ "([a-z0-9-]+)", (?:"[a-z_]+"|NULL),\s*"[^"]*" \}')
SENTENCE = re.compile(r'\{ "([a-z0-9-]+)", N_ \(')

# The status has one sentence for all of its codes.
BY_STATUS = {"GUITU_ERROR_NOT_FOUND", "GUITU_ERROR_STORAGE", "GUITU_ERROR_UNTRUSTED", "GUITU_ERROR_NETWORK"}
# Mistakes in a command or in JSON, which the window does not make.
NEVER_IN_THE_WINDOW = {"not-an-admission", "not-an-id", "not-here", "unknown-field", "unknown-option", "unknown-verb", "usage", "wrong-type"}


def codes_of(check, path):
    text = check.read(path)
    for found in FAILURE.finditer(text):
        if found[1] not in BY_STATUS:
            yield found[2], text[:found.start()].count("\n") + 1
    if "GuituRefusal" in text:
        for found in REFUSAL.finditer(text):
            yield found[1], text[:found.start()].count("\n") + 1


def check_errors(check):
    sentences = SENTENCE.findall(check.read(SENTENCES))
    said = set(sentences)
    used = set()
    for code in sorted(said):
        if sentences.count(code) > 1:
            check.complain(SENTENCES, 1, f"“{code}” has {sentences.count(code)} sentences, and only the first is ever shown")
    for path in check.files(".c", ".h", under="app"):
        for code, line in codes_of(check, path):
            used.add(code)
            if code not in said and code not in NEVER_IN_THE_WINDOW:
                check.complain(path, line, f"“{code}” has no sentence for the user; add one to {SENTENCES}, and its translation")
    for code in sorted(NEVER_IN_THE_WINDOW - used):
        check.complain("tests/lint/errors.py", 1, f"“{code}” is given nowhere; take it off the list")


run(check_errors)
