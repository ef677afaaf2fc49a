# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL server of the test's own: on a socket in a new folder, gone with the test, never as root."""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
import time


def server_programs():
    """The folder of the newest server there is (Debian: postgresql-15)."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
    assert folders, "no PostgreSQL server is installed"
    return folders[-1]


class Server:
    """A cluster with one owner, who asks everybody but himself for a password."""

    OWNER = "hub_owner"
    OWNER_PASSWORD = "owner-password"

    def __init__(self, port=None, settings=()):
        self.programs = server_programs()
        self.folder = tempfile.mkdtemp(prefix="guitu-hub-")
        self.data = os.path.join(self.folder, "data")
        self.port = port or 5432
        self.user = self.find_user()
        os.chmod(self.folder, 0o755)
        if self.user is not None:
            shutil.chown(self.folder, self.user)
        password_file = os.path.join(self.folder, "password")
        with open(password_file, "w", encoding="utf-8") as file:
            file.write(self.OWNER_PASSWORD)
        os.chmod(password_file, 0o644)
        self.run("initdb", "--pgdata", self.data, "--username", self.OWNER, "--pwfile", password_file, "--auth", "scram-sha-256",
                 "--encoding", "UTF8", "--locale", "C", "--no-sync")
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="utf-8") as file:
            file.write(f"unix_socket_directories = '{self.folder}'\nlisten_addresses = ''\nport = {self.port}\n"
                       "fsync = off\nmax_connections = 300\nshared_buffers = 64MB\n")
            file.writelines(f"{line}\n" for line in settings)
        self.start()
        self.sql("CREATE DATABASE guitu", database="postgres")

    @staticmethod
    def find_user():
        """PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return None
        for name in ("postgres", "nobody"):
            try:
                pwd.getpwnam(name)
                return name
            except KeyError:
                continue
        raise AssertionError("there is no user to run PostgreSQL as")

    def run(self, program, *words, **options):
        options.setdefault("check", True)
        return subprocess.run([os.path.join(self.programs, program), *words], user=self.user, cwd="/",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)

    def start(self):
        self.run("pg_ctl", "start", "--pgdata", self.data, "--log", os.path.join(self.folder, "log"), "--wait", "--silent")

    def stop(self, mode="fast"):
        self.run("pg_ctl", "stop", "--pgdata", self.data, "--mode", mode, "--wait", "--silent")

    def close(self):
        self.run("pg_ctl", "stop", "--pgdata", self.data, "--mode", "immediate", check=False)
        for _ in range(50):
            shutil.rmtree(self.folder, ignore_errors=True)
            if not os.path.exists(self.folder):
                return
            time.sleep(0.1)

    @property
    def url(self):
        return self.url_of(self.OWNER, self.OWNER_PASSWORD)

    def url_of(self, login, password):
        return f"postgresql://{login}:{password}@/guitu?host={self.folder.replace('/', '%2F')}&port={self.port}"

    def psql_words(self, login=None, database="guitu"):
        return ["psql", "--host", self.folder, "--port", str(self.port), "--username", login or self.OWNER, "--no-psqlrc",
                "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--dbname", database]

    def psql_environment(self, password=None):
        return {**os.environ, "PGPASSWORD": password or self.OWNER_PASSWORD, "LC_ALL": "C.UTF-8"}

    def psql(self, sql, login=None, password=None, database="guitu"):
        """Runs SQL as that log-in. Returns the finished process: stdout has one row a line, fields with "|"."""
        return subprocess.run(self.psql_words(login, database), input=sql, env=self.psql_environment(password), capture_output=True, text=True, check=False)

    def open_psql(self, sql, login, password):
        """The same, and does not wait for it."""
        return subprocess.Popen([*self.psql_words(login), "--command", sql], env=self.psql_environment(password),
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def sql(self, sql, **options):
        done = self.psql(sql, **options)
        assert done.returncode == 0, done.stderr
        return [line.split("|") for line in done.stdout.splitlines()]


class Gate:
    """Stands before a server, on a socket of its own, and hands on what is said. Closed, it keeps back what a desk asks once
    it has asked for @asked a number of times: the desk waits in the middle of what it fetches."""

    SIZE = 65536

    def __init__(self, server, asked):
        self.server = server
        self.asked = asked.encode()
        self.left = None  # times that may still be asked for it; None: the gate is open
        self.changed = threading.Condition()
        self.is_waited_at = threading.Event()
        self.folder = tempfile.mkdtemp(prefix="guitu-gate-")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(os.path.join(self.folder, f".s.PGSQL.{server.port}"))
        self.listener.listen()
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self):
        return self.server.url.replace(self.server.folder.replace("/", "%2F"), self.folder.replace("/", "%2F"))

    def close_after(self, times):
        with self.changed:
            self.left = times

    def open(self):
        with self.changed:
            self.left = None
            self.changed.notify_all()

    def accept(self):
        while True:
            try:
                desk, _ = self.listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(os.path.join(self.server.folder, f".s.PGSQL.{self.server.port}"))
            threading.Thread(target=self.hand_on, args=(desk, server, True), daemon=True).start()
            threading.Thread(target=self.hand_on, args=(server, desk, False), daemon=True).start()

    def wait_if_closed(self, words):
        """A query comes in one piece: it is short, and nothing else is under way."""
        with self.changed:
            if self.left is None or self.asked not in words:
                return
            self.left -= 1
            if self.left < 0:
                self.is_waited_at.set()
                self.changed.wait_for(lambda: self.left is None)

    def hand_on(self, source, target, is_desk):
        try:
            while words := source.recv(self.SIZE):
                if is_desk:
                    self.wait_if_closed(words)
                target.sendall(words)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        source.close()

    def close(self):
        self.open()
        self.listener.close()
        shutil.rmtree(self.folder, ignore_errors=True)
