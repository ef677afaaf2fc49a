# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window, driven as a person does: by keys, and by what a screen reader is told.

Each test file runs itself again inside a session bus and an X server of its own. Nothing waits for a
time: every step waits, for a bounded time, until what it needs is there."""

import atexit
import contextlib
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

import accessible

BUILD = os.environ["GUITU_BUILD"]
GUITU = os.path.join(BUILD, "ui", "guitu")
GUITUCTL = os.path.join(BUILD, "app", "guituctl")
SHOTS = os.path.join(BUILD, "tests", "e2e", "failed")
SCREEN = (1366, 768)
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
INSIDE = "GUITU_E2E_INSIDE"
PASSWORD = "secret-123"
# Loaded into the programs, so that passwords cost little; see tests/util/quick-passwords.c.
QUICK = os.environ.get("GUITU_QUICK_PASSWORDS", "")
PATIENCE = 30.0
STEP = 0.03
QUIET_STEPS = 3
LONGEST_KEPT = 0.5  # seconds; what no signal tells is seen then
KEY_DELAY_MS = "6"
IS_SANITIZED = bool(os.environ.get("GUITU_SANITIZED"))
FAKE_TIME = "/usr/$LIB/faketime/libfaketime.so.1"


class Missing(AssertionError):
    """Something did not appear in time."""


def wait_until(ready, what, patience=PATIENCE):
    """What ready() gives as soon as it is true; what is told when that does not come about."""
    end = time.monotonic() + patience
    while True:
        value = ready()
        if value:
            return value
        if time.monotonic() > end:
            raise Missing(f"after {patience:g} s still not: {what}")
        time.sleep(STEP)


@functools.cache
def locale_of(language):
    """The environment of a language; a machine without the locale gets it for the time of the test."""
    if language == "en":
        return {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    locale = language + ".UTF-8"
    known = subprocess.run(["locale", "-a"], capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    chosen = {"LC_ALL": locale, "LANGUAGE": language}
    if language + ".utf8" in known:
        return chosen
    folder = tempfile.mkdtemp(prefix="guitu-e2e-locale-")
    atexit.register(shutil.rmtree, folder)
    subprocess.run(["localedef", "-i", language, "-f", "UTF-8", os.path.join(folder, locale)], check=True)
    return {**chosen, "LOCPATH": folder}


def clock(days, pace=1):
    """What is loaded into a program, for how many days later it takes itself, and how many times faster its days pass
    (what it waits for comes no sooner); that does not go together with the sanitizers."""
    is_turned = days or pace != 1
    loaded = [library for library in (FAKE_TIME if is_turned else "", QUICK) if library]
    later = {"FAKETIME": f"+{days}d x{pace}", "FAKETIME_DONT_FAKE_MONOTONIC": "1"} if is_turned else {}
    return {"LD_PRELOAD": ":".join(loaded), **later} if loaded else {}


def forget_clock(number):
    """What libfaketime could not clean up itself would be in the way of the next process of that number."""
    for name in (f"faketime_shm_{number}", f"sem.faketime_sem_{number}"):
        with contextlib.suppress(FileNotFoundError):
            os.remove(os.path.join("/dev/shm", name))


# --- The command line ------------------------------------------------------------------------------


class Store:
    """A station's store, looked at and prepared by command line."""

    def __init__(self, directory, user="wang"):
        self.directory = directory
        self.user = user
        self.days = 0  # how far its clock is ahead

    def run(self, *words, user=None):
        user = self.user if user is None else user
        command = [GUITUCTL, "--store", self.directory, *(["--as", user] if user else []), *words]
        environment = {**os.environ, "GUITU_PASSWORD": PASSWORD, "LC_ALL": "C.UTF-8", "LANGUAGE": "en", **clock(self.days)}
        return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120)

    def all(self, *words, **options):
        done = self.run(*words, **options)
        assert done.returncode == 0, f"{words}: exit {done.returncode}, {done.stderr}"
        return [json.loads(line) for line in done.stdout.splitlines()]

    def one(self, *words, **options):
        results = self.all(*words, **options)
        assert len(results) == 1, f"{words}: {len(results)} results"
        return results[0]

    def set_up(self, code, name, region):
        self.one("init", "--station", code, "--name", name, "--region", region, "--phone", "020-12345678", "--admin", self.user, user="")
        return self

    def verify(self, text, *words):
        """The exit status of a verification and what it says."""
        done = self.run("verify", "--text", text, *words, user="")
        return done.returncode, done.stdout or done.stderr


# --- The window ------------------------------------------------------------------------------------


class Window:
    """The program, started on a store; all of its windows and dialogs."""

    bus = None
    launcher = None

    def __init__(self, store, language="en", days=0, pace=1):
        self.store = store
        self.language = language
        self.days = days
        self.pace = pace
        self.process = None
        self.name = None
        self.keys = 0
        self.complaints = None
        self.news = None
        self.reading = None  # the tree, the count of changes before it was read, and when that was

    def start(self):
        if Window.bus is None:
            Window.launcher = subprocess.Popen([LAUNCHER, "--launch-immediately"], stderr=subprocess.DEVNULL)
            atexit.register(Window.launcher.terminate)
            Window.bus = wait_until(self._connect, "the accessibility bus")
        environment = {
            **os.environ,
            "GUITU_LOCALE_DIR": os.path.join(BUILD, "ui", "po"),
            "GSETTINGS_SCHEMA_DIR": os.path.join(BUILD, "app", "data"),
            "GSETTINGS_BACKEND": "memory", "GSK_RENDERER": "cairo", "GDK_BACKEND": "x11", "GTK_A11Y": "atspi",
            "XDG_CONFIG_HOME": os.path.join(os.path.dirname(self.store), "config"),
            "XDG_DATA_HOME": os.path.join(os.path.dirname(self.store), "data"),
            "GTK_USE_PORTAL": "0", "GTK_IM_MODULE": "gtk-im-context-simple", "TZ": "Asia/Shanghai",
            **locale_of(self.language), **clock(self.days, self.pace),
        }
        self.complaints = open(os.path.join(os.path.dirname(self.store), "complaints"), "a+", encoding="utf-8")
        self.process = subprocess.Popen([GUITU, "--store", self.store], env=environment, stderr=self.complaints)
        self.name = wait_until(self._name_on_bus, "the program on the accessibility bus")
        self.news = accessible.News(self.bus, self.name)
        wait_until(self.active, "a window that has the keyboard")
        return self

    def _name_on_bus(self):
        self.must_run()
        return accessible.program_name(self.bus, self.process.pid)

    def must_run(self):
        """Fails, with what the program complained of, when it has ended."""
        if self.process.poll() is not None:
            self.complaints.seek(0)
            raise AssertionError(f"the program has ended with {self.process.returncode}:\n{self.complaints.read()}")

    @staticmethod
    def _connect():
        try:
            bus = accessible.connect()
            accessible.program_name(bus, 0)
            return bus
        except accessible.GLib.Error:
            return None

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)
            forget_clock(self.process.pid)

    def close(self):
        self.stop()
        if self.complaints is not None:
            self.complaints.close()

    def found_wrong(self):
        """What the program found wrong with itself."""
        self.complaints.seek(0)
        return [line for line in self.complaints if any(word in line for word in ("WARNING", "CRITICAL", "ERROR"))]

    def quit(self):
        """Ends the program by its key, and tells how it ended."""
        self.press("ctrl+q")
        return self.process.wait(PATIENCE)

    # Looking

    def tree(self):
        self.must_run()
        count = self.news.count()
        if self.reading is None or self.reading[1] != count or time.monotonic() - self.reading[2] > LONGEST_KEPT:
            now = time.monotonic()
            self.reading = accessible.Tree(self.bus, self.name), count, now
        return self.reading[0]

    def settle(self):
        """Waits until the program tells of no change any more."""
        counts = [None] * QUIET_STEPS

        def is_quiet():
            counts.append(self.news.count())
            return len(set(counts[-1 - QUIET_STEPS:])) == 1

        wait_until(is_quiet, "a window that does not change any more")

    def active(self):
        """The newest window or dialog, if it has the keyboard, or None. GTK 4.8 does not tell of dialogs whether they are active."""
        tops = self.tree().root.children
        if not tops:
            return None
        top = tops[-1]
        if top.has("active") or (top.role != "frame" and any(node.has("focused") for node in top.below()) and self._has_keyboard()):
            return top
        self._give_keyboard()
        return None

    def _newest(self):
        """What X calls the newest window, or None."""
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)]
        windows = subprocess.run(search, capture_output=True, encoding="utf-8", check=False).stdout.split()
        return max(windows, key=int, default=None)

    def _has_keyboard(self):
        focus = subprocess.run(["xdotool", "getwindowfocus"], capture_output=True, encoding="utf-8", check=False).stdout.strip()
        return focus == self._newest()

    def _give_keyboard(self):
        """There is no window manager that gives the keyboard to a new window, or to the one below when a dialog has closed."""
        newest = self._newest()
        if newest is not None:
            subprocess.run(["xdotool", "windowfocus", newest], capture_output=True, check=False)

    def wait_for(self, ready, what, patience=PATIENCE):
        """What ready() gives as soon as it is true; widgets may come and go while it looks."""
        def look():
            try:
                return ready()
            except (accessible.GLib.Error, KeyError):  # changed while it was read
                return None

        return wait_until(look, what, patience)

    def wait_active(self, name):
        """The window with this title, once it has the keyboard."""
        def look():
            frame = self.active()
            return frame if frame is not None and frame.name == name else None

        return self.wait_for(look, f"active window “{name}”")

    def find_all(self, role=None, name=None, within=None):
        """Widgets of the active window; none when there is no such window yet."""
        top = within or self.active()
        return [] if top is None else [node for node in top.below() if role in (None, node.role) and name in (None, node.name)]

    def find(self, role=None, name=None):
        """The first such widget, as soon as it is there."""
        return self.wait_for(lambda: (self.find_all(role, name) or [None])[0], f"{role or 'widget'} “{name}”")

    def find_like(self, role, part):
        return self.wait_for(lambda: next((node for node in self.find_all(role) if part in node.name), None), f"{role} with “{part}”")

    def gone(self, role, name):
        self.wait_for(lambda: not self.find_all(role, name), f"no {role} “{name}” any more")

    def entry(self, name):
        return self.wait_for(lambda: next((node for node in self.find_all(name=name) if node.role in ("text", "entry", "password text")), None), f"entry “{name}”")

    def button(self, name):
        return self.find("push button", name)

    def label(self, part):
        """A label, or an alert, that has these words in it."""
        def look():
            return next((node for node in self.find_all() if node.role in ("label", "alert", "notification") and part in node.name), None)

        return self.wait_for(look, f"label with “{part}”")

    def labels(self):
        return [node.name for node in self.find_all("label")]

    def wait_text(self, name, text):
        """Waits until an entry holds just this."""
        def holds():
            return self.entry(name).text == text

        try:
            self.wait_for(holds, "", PATIENCE / 2)
        except Missing:
            raise Missing(f"entry “{name}” holds “{self.entry(name).text}”, not “{text}”") from None

    def wait_described(self, name, part):
        """Waits until an entry is described by words that have this in them: its error or hint."""
        return self.wait_for(lambda: part in self.entry(name).description, f"entry “{name}” described by “{part}”")

    def wait_focus(self, role, name):
        return self.wait_for(lambda: next((node for node in self.find_all(role, name) if node.has("focused")), None), f"focus on {role} “{name}”")

    # Doing

    def press(self, *keys):
        """Presses keys, one after another, where the keyboard is."""
        for key in keys:
            subprocess.run(["xdotool", "key", key], check=True)
            self.keys += 1

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", KEY_DELAY_MS, "--", text], check=True)
        self.keys += len(text)

    def replace(self, name, text):
        """Types over what stands in the entry that has the keyboard, and sees that it arrived."""
        self.press("ctrl+a")
        self.type(text)
        self.wait_text(name, text)

    def click(self, name):
        self.button(name).act()

    def wait_log_in(self):
        """Waits for the log-in page, in any language: its two entries."""
        self.wait_for(lambda: len(self.find_all("text")) == 2, "the log-in page")

    def log_in(self):
        self.wait_log_in()
        self.type("wang")
        self.press("Tab")
        self.type(PASSWORD)
        self.press("Return")
        self.wait_for(lambda: self.find_all("list item", "Duty") or self.find_all("list item", "值班"), "the duty page")
        self.press("ctrl+2")
        self.wait_for(lambda: [node for node in self.find_all("entry") if node.has("focused")], "the intake desk")

    def save_file(self, path):
        """Answers a file chooser that saves: the whole path is typed over the name."""
        self.wait_for(lambda: self.find_all("push button", "Save"), "the file chooser")
        self.press("ctrl+a")
        self.type(path)
        self.press("Return")
        wait_until(lambda: os.path.exists(path) and os.path.getsize(path) > 0, f"the file {path}")

    def open_file(self, path):
        """Answers a file chooser that opens: a path that begins with / goes to its own place."""
        self.wait_for(lambda: [node for node in self.find_all("push button") if node.name == "Open" or node.name.startswith("打开")], "the file chooser")
        self.type(path)
        self.wait_for(lambda: any(node.role == "text" and node.has("focused") for node in self.find_all()), "the place for a path")
        self.press("Return")

    def screenshot(self, path):
        subprocess.run(["import", "-window", "root", path], check=True)


# --- Test cases ------------------------------------------------------------------------------------


class WindowTest(unittest.TestCase):
    """A test case with a folder of its own; a failure leaves a picture and the widgets in the build folder."""

    maxDiff = 4000

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="guitu-e2e-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.windows = []

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def make_store(self, name="haizhu", code="440105001", title="广州市海珠区救助管理站", region="440105"):
        return Store(self.path(name)).set_up(code, title, region)

    def open(self, store, language="en", **clock_of):
        window = Window(store, language, **clock_of)
        self.windows.append(window)
        self.addCleanup(window.close)
        return window.start()

    def open_file(self, store, typed):
        """The window on the file of the one person that is found, who waits for admission."""
        window = self.open(store.directory)
        window.log_in()
        self.find_file(window, typed)
        return window

    def find_file(self, window, typed):
        window.type(typed)
        window.label("1 Found")
        window.press("Return")
        window.wait_focus("push button", "Admit…")

    def _callTestMethod(self, method):
        try:
            method()
            for window in self.windows:
                self.assertEqual(window.found_wrong(), [])
        except BaseException:
            self._keep()
            raise

    def _keep(self):
        os.makedirs(SHOTS, exist_ok=True)
        for window in self.windows:
            if window.process is None or window.process.poll() is not None:
                continue
            path = os.path.join(SHOTS, self.id().replace("__main__.", ""))
            window.screenshot(path + ".png")
            print(f"# a picture of the failure: {path}.png\n{window.tree().dump()}", file=sys.stderr)


def run_inside():
    """Runs the program again in an X server and session of its own, unless it is there already.

    A server that resets itself when its last window goes (-noreset forbids it) throws out whoever
    connects just then: the next window."""
    if not os.environ.get(INSIDE):
        os.environ[INSIDE] = "1"
        size = "x".join(str(side) for side in SCREEN)
        os.execvp("xvfb-run", ["xvfb-run", "-a", "-s", f"-screen 0 {size}x24 -noreset", "dbus-run-session", "--", sys.executable, "-B", *sys.argv])


def main():
    """Runs the tests of the file."""
    run_inside()
    unittest.main(module="__main__", verbosity=2)
