# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL server of the test's own: on a socket in a new folder, gone with the test, never as root."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
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
