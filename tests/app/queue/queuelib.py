"""Drives the queue of a catalog through the command line, as a user and a studio do."""

import json
import os
import signal
import sqlite3
import subprocess
import tempfile
import time

# Syncs cost nothing in memory; these tests are about processes.
SHARED_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
STATES = ("queued", "running", "pausing", "paused", "cancelling", "cancelled", "done", "partly", "failed")
ACTIVE = ("running", "pausing", "cancelling")


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def wait_until(condition, timeout_s=30, what="a condition"):
    end = time.monotonic() + timeout_s
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.02)


class Desk:
    """A folder with a catalog, and the commands."""

    def __init__(self, engine, scenario, frames=24, size=None):
        self.engine, self.scenario, self.frames = engine, scenario, frames
        self.size = ["--size", size] if size else []
        self.temporary = tempfile.TemporaryDirectory(prefix="dio-queue-", dir=SHARED_MEMORY)
        self.root = self.temporary.name
        self.catalog = os.path.join(self.root, "data", "catalog.db")
        self.queues = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for pid in self.processes("queue"):
            self.signal(pid, signal.SIGKILL)
        for pid in self.processes("render") + self.processes("resume"):
            self.signal(pid, signal.SIGKILL)
        for queue in self.queues:
            queue.wait(20)
            queue.stderr.close()
        wait_until(lambda: not self.processes(""), 20, "processes to end")
        self.temporary.cleanup()

    @staticmethod
    def signal(pid, number):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass

    def processes(self, command):
        """Process ids of the engine program at work in this folder."""
        found = []
        for name in os.listdir("/proc"):
            if not name.isdigit():
                continue
            try:
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    words = file.read().decode(errors="replace").split("\0")
            except OSError:
                continue
            here = any(self.root in word for word in words)
            if here and words[0].endswith(os.path.basename(self.engine)) and words[1].startswith(command):
                if is_alive(int(name)):
                    found.append(int(name))
        return found

    def run(self, *args, expect=0, env=None, **kwargs):
        done = subprocess.run([self.engine, *args], capture_output=True, text=True, check=False, timeout=120,
                              env={**os.environ, **(env or {})}, **kwargs)
        assert expect is None or done.returncode == expect, f"{args}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def queue(self, word, *args, expect=0, **kwargs):
        return self.run("queue", word, *map(str, args), "--catalog", self.catalog, expect=expect, **kwargs)

    def output(self, name):
        return os.path.join(self.root, name)

    def add(self, name, *args, start=False, frames=None, **kwargs):
        options = ["--output", self.output(name), "--frames", str(frames or self.frames), "--seed", "7", *self.size, *args]
        if not start:
            options.append("--no-start")
        return int(self.queue("add", self.scenario, *options, **kwargs).stdout)

    def start(self, *args, env=None, idle="-1"):
        """A queue process of our own; it leaves only when asked to."""
        queue = subprocess.Popen([self.engine, "queue", "run", "--catalog", self.catalog, f"--idle-exit={idle}", *args],
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                 env={**os.environ, "G_MESSAGES_DEBUG": "", **(env or {})})
        self.queues.append(queue)
        return queue

    def leave(self, queue):
        queue.send_signal(signal.SIGTERM)
        assert queue.wait(40) == 0, queue.stderr.read()

    def list(self):
        return json.loads(self.queue("list", "--json").stdout)

    def show(self, job):
        return json.loads(self.queue("show", job, "--json").stdout)

    def state(self, job):
        return self.show(job)["state"]

    def peek(self, job):
        """(state, frames done) without the command line: quick, for polling."""
        database = sqlite3.connect(f"file:{self.catalog}?mode=ro", uri=True, timeout=10)
        try:
            query = "SELECT state, done FROM jobs JOIN progress ON job = jobs.id WHERE jobs.id = ?"
            number, done = database.execute(query, [job]).fetchone()
            return STATES[number], done
        finally:
            database.close()

    def wait_for(self, job, *states, timeout_s=60):
        wait_until(lambda: self.peek(job)[0] in states, timeout_s, f"job {job} to be {states}")
        return self.show(job)

    def wait_for_frames(self, job, n):
        wait_until(lambda: self.peek(job)[1] >= n, 60, f"{n} frames")
        return self.show(job)

    def digest(self, name):
        return self.run("digest", self.output(name)).stdout.strip()

    def reference(self):
        folder = self.output("reference")
        if not os.path.exists(folder):
            self.run("render", self.scenario, "--output", folder, "--frames", str(self.frames), "--seed", "7",
                     *self.size)
        return self.digest("reference")

    def assert_whole(self, name):
        """As if nothing had ever happened."""
        assert self.digest(name) == self.reference(), f"{name} is not what an undisturbed job makes"
        self.run("verify", self.output(name))
        assert not os.path.exists(os.path.join(self.output(name), ".tmp"))

    def assert_tells_the_truth(self):
        """What must hold of every catalog at every moment, whoever was killed."""
        for row in self.list():
            assert (row["state"] in ACTIVE) == (row["pid"] > 0), row
            assert row["requested"] == "" or row["state"] in ACTIVE, row
            if row["state"] == "done":
                assert row["progress"]["done"] == row["progress"]["total"], row
