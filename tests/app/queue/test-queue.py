"""The queue with real processes. Usage: test-queue.py ENGINE SCENARIO [--part K/N] [PART_OF_A_NAME...]. Prints TAP."""

import argparse
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import traceback

import queuelib


def parse_options():
    parser = argparse.ArgumentParser(description="tests of the queue")
    parser.add_argument("engine")
    parser.add_argument("scenario")
    parser.add_argument("--part", default="1/1", help="every Nth test, beginning with the Kth")
    parser.add_argument("names", nargs="*", help="parts of names of tests; none = all")
    return parser.parse_intermixed_args()


OPTIONS = parse_options()
ENGINE, SCENARIO = OPTIONS.engine, OPTIONS.scenario


def log_codes(row):
    return [line["code"] for line in row["log"]]


def starts(row):
    return [line for line in row["log"] if line["message"].startswith(("Started", "Continued"))]


def test_jobs_run_by_priority_and_the_queue_leaves(desk):
    low, high = desk.add("low"), desk.add("high", "--priority", "5")
    assert [row["id"] for row in desk.list()] == [high, low]
    queue = desk.start(idle="0.2")
    assert queue.wait(60) == 0, queue.stderr.read()
    first, second = desk.show(high), desk.show(low)
    assert first["state"] == second["state"] == "done"
    assert first["ended_us"] <= second["started_us"]
    assert len(starts(first)) == 1 and first["progress"]["done"] == desk.frames
    assert 0 <= second["progress"]["newest_frame"] < desk.frames and second["begun"]
    # The fake frame maker says 1.5 ms of drawing for each of two sensors.
    stages = second["progress"]["stages"]
    assert abs(stages["draw"] - desk.frames * 2 * 0.0015) < 1e-9 and stages["rays"] == 0, stages
    desk.assert_whole("low")
    desk.assert_whole("high")
    assert os.listdir(os.path.dirname(desk.catalog)).count("catalog.db.job-1.diorama") == 0
    desk.assert_tells_the_truth()


def test_several_at_once(desk):
    jobs = [desk.add(f"set-{i}", "--workers", "1") for i in range(3)]
    queue = desk.start("--jobs", "3", env={"FAKE_FRAME_MS": "30"})
    queuelib.wait_until(lambda: [row["state"] for row in desk.list()] == ["running"] * 3, 20, "three at work")
    for job in jobs:
        desk.wait_for(job, "done")
    desk.leave(queue)
    desk.assert_whole("set-2")


def test_pause_and_resume(desk):
    job = desk.add("set", "--workers", "1")
    queue = desk.start(env={"FAKE_FRAME_MS": "40"})
    supervisor = desk.wait_for_frames(job, 3)["pid"]
    desk.queue("pause", job)
    row = desk.wait_for(job, "paused")
    assert 3 <= row["progress"]["done"] < desk.frames and not queuelib.is_alive(supervisor)
    time.sleep(0.3)
    assert desk.show(job)["progress"]["done"] == row["progress"]["done"]
    desk.queue("pause", job, expect=1)
    desk.queue("resume", job)
    row = desk.wait_for(job, "done")
    assert [line["message"].split()[0] for line in starts(row)] == ["Started", "Continued"], row["log"]
    desk.assert_whole("set")
    desk.leave(queue)


def test_cancel_and_retry(desk):
    job = desk.add("set", "--workers", "1")
    queue = desk.start(env={"FAKE_FRAME_MS": "40"})
    desk.wait_for_frames(job, 3)
    desk.queue("remove", job, expect=1)
    desk.queue("cancel", job)
    row = desk.wait_for(job, "cancelled")
    assert row["progress"]["done"] < desk.frames and row["ended_us"] > 0
    desk.queue("retry", job)
    desk.wait_for(job, "done")
    desk.queue("retry", job, expect=1)
    desk.assert_whole("set")
    desk.queue("remove", job)
    assert desk.list() == []
    desk.leave(queue)


def test_jobs_that_wait_obey_at_once(desk):
    first, second = desk.add("first"), desk.add("second")
    desk.queue("pause", first, env={"PATH": "/nowhere"})
    # The wish started a queue, which does not take the paused one.
    desk.wait_for(second, "done")
    assert desk.state(first) == "paused"
    desk.queue("cancel", first)
    assert desk.state(first) == "cancelled" and desk.show(first)["log"] == []


def test_failed_frames_and_retry(desk):
    job = desk.add("set")
    queue = desk.start(env={"DIORAMA_TEST_FAIL": "frame:5:error"})
    row = desk.wait_for(job, "partly")
    assert row["progress"]["failed"] == 1 and row["progress"]["done"] == desk.frames - 1
    assert log_codes(row).count("frame-failed") == 1 and "1 frames failed" in row["message"]
    desk.leave(queue)
    desk.queue("retry", job)
    row = desk.wait_for(job, "done")
    assert "frame-failed" not in log_codes(row) and row["message"] == ""
    desk.assert_whole("set")


def test_a_job_that_cannot_run_says_why(desk):
    job = desk.add("set")
    queue = desk.start(env={"FAKE_NO_START": "1"})
    row = desk.wait_for(job, "failed")
    assert "There is no graphics here" in row["message"], row
    desk.leave(queue)
    desk.queue("retry", job)
    desk.wait_for(job, "done")
    desk.assert_whole("set")


def test_a_full_disk_is_named(desk):
    job = desk.add("set", "--workers", "1")
    queue = desk.start(env={"DIORAMA_TEST_FAIL": "disk:5", "FAKE_FRAME_MS": "120"})
    row = desk.wait_for(job, "partly")
    assert "disk is full" in row["message"] and row["progress"]["done"] < desk.frames, row
    desk.leave(queue)


def test_a_foreign_dataset_is_not_touched(desk):
    job = desk.add("set")
    desk.run("render", SCENARIO, "--output", desk.output("set"), "--frames", "3", "--seed", "9")
    before = desk.digest("set")
    queue = desk.start()
    row = desk.wait_for(job, "failed")
    assert "something else" in row["message"], row
    assert desk.digest("set") == before
    desk.leave(queue)


def test_a_dataset_that_never_had_its_run(desk):
    """The supervisor died between making the store and storing the run."""
    desk.reference()
    job = desk.add("set")
    shutil.copytree(desk.output("reference"), desk.output("set"))
    database = sqlite3.connect(os.path.join(desk.output("set"), "dataset.db"))
    database.executescript("PRAGMA foreign_keys = ON; DELETE FROM frames; DELETE FROM runs;")
    database.close()
    for channel in ("rgb", "leaf", "depth", "normal", "instance", "semantic"):
        shutil.rmtree(os.path.join(desk.output("set"), channel))
    queue = desk.start()
    desk.wait_for(job, "done")
    desk.assert_whole("set")
    desk.leave(queue)


def test_two_queues_race(desk):
    jobs = [desk.add(f"set-{i}") for i in range(3)]
    queues = [desk.start(idle="0.5") for _ in range(4)]
    for queue in queues:
        assert queue.wait(60) == 0, queue.stderr.read()
    turned_away = [queue for queue in queues if "Another queue" in queue.stderr.read()]
    assert len(turned_away) == 3
    for job in jobs:
        row = desk.show(job)
        assert row["state"] == "done" and len(starts(row)) == 1, row


def test_no_job_is_left_by_a_queue_that_leaves(desk):
    for i in range(6):
        queue = desk.start(idle="0")
        time.sleep(0.01 * i)
        job = desk.add(f"set-{i}", start=True, frames=1)
        desk.wait_for(job, "done")
        queue.wait(20)


def test_the_queue_outlives_who_started_it(desk):
    command = f'"$0" queue add "$1" --output "{desk.output("set")}" --frames {desk.frames} --seed 7 ' \
              f'--catalog "{desk.catalog}"; sleep 100'
    studio = subprocess.Popen(["sh", "-c", command, ENGINE, SCENARIO], stdout=subprocess.DEVNULL,
                              env={**os.environ, "FAKE_FRAME_MS": "40"}, start_new_session=True)
    queuelib.wait_until(lambda: os.path.exists(desk.catalog) and desk.list() and desk.processes("render"), 30, "a start")
    os.killpg(studio.pid, signal.SIGKILL)
    studio.wait()
    desk.wait_for(1, "done")
    desk.assert_whole("set")


def test_a_supervisor_goes_with_its_queue(desk):
    job = desk.add("set", "--workers", "1")
    queue = desk.start(env={"FAKE_FRAME_MS": "60"})
    row = desk.wait_for_frames(job, 3)
    queue.kill()
    queuelib.wait_until(lambda: not queuelib.is_alive(row["pid"]), 20, "the supervisor to end")
    # It stopped in order: nothing of it is garbage.
    assert not os.path.exists(os.path.join(desk.output("set"), ".tmp"))
    assert desk.state(job) == "running"
    assert "interrupted" in desk.queue("list").stderr
    queue = desk.start()
    row = desk.wait_for(job, "done")
    assert any("interrupted" in line["message"] for line in row["log"]), row["log"]
    desk.assert_whole("set")
    desk.leave(queue)


def test_wishes_outlive_the_queue(desk):
    for word, state in (("pause", "paused"), ("cancel", "cancelled")):
        job = desk.add(word, "--workers", "1")
        queue = desk.start(env={"FAKE_FRAME_MS": "60"})
        desk.wait_for_frames(job, 2)
        queue.send_signal(signal.SIGSTOP)
        desk.queue(word, job)
        assert desk.show(job)["requested"] == word
        queue.kill()
        queue = desk.start()
        desk.wait_for(job, state)
        desk.leave(queue)


def test_a_stubborn_supervisor_is_waited_for(desk):
    """A new queue must not start a second supervisor while one that was left behind still writes."""
    job = desk.add("set", "--workers", "1")
    queue = desk.start(env={"FAKE_FRAME_MS": "40", "DIORAMA_TEST_PAUSE": "committing:2500"})
    row = desk.wait_for(job, "running")
    queuelib.wait_until(lambda: desk.show(job)["progress"]["phase"] == "rendering", 20, "rendering")
    time.sleep(1.2)
    queue.kill()
    assert queuelib.is_alive(row["pid"])
    queue = desk.start()
    desk.wait_for(job, "done")
    assert len(starts(desk.show(job))) == 2
    desk.assert_whole("set")
    desk.leave(queue)


def test_supervisors_that_die_are_replaced_but_not_for_ever(desk):
    job = desk.add("set", "--workers", "1")
    queue = desk.start(env={"FAKE_FRAME_MS": "30000"})
    killed = set()
    while desk.peek(job)[0] != "failed":
        row = desk.show(job)
        if row["pid"] and row["pid"] not in killed:
            killed.add(row["pid"])
            desk.signal(row["pid"], signal.SIGKILL)
        time.sleep(0.02)
    assert len(killed) == 3 and "signal 9" in desk.show(job)["message"], desk.show(job)
    desk.leave(queue)
    desk.queue("retry", job)
    desk.wait_for(job, "done")
    desk.assert_whole("set")


def test_a_queue_that_is_asked_to_leave_stops_its_jobs(desk):
    job = desk.add("set", "--workers", "1")
    queue = desk.start(env={"FAKE_FRAME_MS": "60"})
    row = desk.wait_for_frames(job, 2)
    desk.leave(queue)
    assert desk.state(job) == "queued" and not queuelib.is_alive(row["pid"])
    queue = desk.start(idle="0.2")
    assert queue.wait(60) == 0
    desk.assert_whole("set")


def test_a_catalog_that_is_replaced_ends_the_queue(desk):
    job = desk.add("set", "--workers", "1")
    queue = desk.start(env={"FAKE_FRAME_MS": "60"})
    row = desk.wait_for_frames(job, 2)
    for name in ("catalog.db", "catalog.db-wal", "catalog.db-shm"):
        path = os.path.join(os.path.dirname(desk.catalog), name)
        if os.path.exists(path):
            os.rename(path, path + ".away")
    assert queue.wait(40) == 1
    assert "moved away" in queue.stderr.read() and not queuelib.is_alive(row["pid"])
    # The dataset is found again and goes on.
    assert "1 datasets" in desk.queue("find", desk.root).stdout
    (row,) = desk.list()
    assert row["state"] == "paused" and row["progress"]["done"] >= 2, row
    desk.queue("resume", row["id"])
    desk.wait_for(row["id"], "done")
    desk.assert_whole("set")


def test_wrong_use(desk):
    for args, word in (
        (["queue"], "word is missing"),
        (["queue", "dance"], "dance"),
        (["queue", "add"], "SCENARIO"),
        (["queue", "add", SCENARIO], "--output"),
        (["queue", "add", SCENARIO, "-o", "x", "--channels", "smell"], "smell"),
        (["queue", "pause", "one"], "number"),
        (["queue", "run", "--jobs", "0"], "--jobs"),
        (["queue", "move", "1"], "--before"),
    ):
        done = desk.run(*args, *(["--catalog", desk.catalog] if len(args) > 1 and args[1] != "dance" else []), expect=2)
        assert word in done.stderr and len(done.stderr.strip().splitlines()) == 1, (args, done.stderr)
    for word in ("add", "list", "show", "pause", "resume", "cancel", "retry", "remove", "move", "find", "run"):
        assert "--catalog" in desk.run("queue", word, "--help").stdout
        assert f"  {word} " in desk.run("queue", "--help").stdout
    assert "There is no job 77" in desk.queue("show", "77", expect=1).stderr
    job = desk.add("set")
    assert f"Job {job} already writes" in desk.queue("add", SCENARIO, "-o", desk.output("set"), expect=1).stderr
    other = desk.add("other")
    desk.queue("move", other, "--before", job)
    assert [row["id"] for row in desk.list()] == [other, job]
    desk.queue("move", job, "--priority", "3")
    assert [row["id"] for row in desk.list()] == [job, other]


def test_assets_and_sensors_travel_with_the_job(desk):
    job = desk.add("set", "--sensors", "camera", "--channels", "leaf,depth", "--first", "3")
    row = desk.show(job)
    assert row["sensors"] == "camera" and row["channels"] == "leaf,depth" and row["first"] == 3
    bad = desk.add("bad", "--sensors", "nose")
    queue = desk.start(idle="0.2")
    assert queue.wait(60) == 0
    assert "no sensor “nose”" in desk.show(bad)["message"], desk.show(bad)
    database = sqlite3.connect(os.path.join(desk.output("set"), "dataset.db"))
    channels = {row[0] for row in database.execute("SELECT DISTINCT channel FROM files")}
    first = database.execute("SELECT min(frame_index) FROM frames").fetchone()[0]
    (scenario,) = database.execute("SELECT value FROM meta WHERE key = 'scenario'").fetchone()
    database.close()
    assert channels == {"leaf", "depth"} and first == 3, (channels, first)
    assert scenario.count('"visible": false') == 1, scenario


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    tests = [(name, test) for name, test in tests if not OPTIONS.names or any(part in name for part in OPTIONS.names)]
    part, parts = map(int, OPTIONS.part.split("/"))
    tests = tests[part - 1 :: parts]
    print(f"1..{len(tests)}", flush=True)
    failures = 0
    for number, (name, test) in enumerate(tests, 1):
        begun = time.monotonic()
        try:
            with queuelib.Desk(ENGINE, SCENARIO) as desk:
                test(desk)
            print(f"ok {number} {name} # {time.monotonic() - begun:.1f} s", flush=True)
        except Exception:
            failures += 1
            print(f"not ok {number} {name}")
            print("\n".join("# " + line for line in traceback.format_exc().splitlines()), flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
