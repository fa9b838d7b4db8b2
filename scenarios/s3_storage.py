#!/usr/bin/env python3
"""Backups in S3-compatible storage (npm's s3rver): the suite of all targets, a town that is backed up, killed in the
middle, with the storage killed in the middle, into a storage without space, and restored from it.

usage: s3_storage.py SONAE S3RVER [VAULT_TEST [only]]
S3RVER: its program; VAULT_TEST: the unit tests of src/vault, for the suite; only: nothing but the suite
"""
import glob
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from machine import Machine, must, words_of

SONAE, S3RVER = sys.argv[1:3]
SUITE = sys.argv[3] if len(sys.argv) > 3 else None
SUITE_ONLY = sys.argv[4:] == ["only"]


def is_whole(stored):
    """Of an object that s3rver has written: the two files beside it are there, to their ends."""
    try:
        with open(stored.replace("_object", "_metadata.json"), encoding="utf-8") as metadata, \
             open(stored + ".md5", encoding="ascii") as digest, open(stored, "rb") as content:
            json.load(metadata)
            return digest.read().strip() == hashlib.md5(content.read()).hexdigest()
    except (OSError, ValueError):
        return False


class Storage:
    """One folder served as S3, at a port of the system's choosing, which it keeps when it is started again."""

    def __init__(self, folder):
        self.folder, self.port = folder, 0
        self.start()

    def start(self):
        log = self.folder + ".log"  # a pipe that nobody empties would hold it up
        with open(log, "w", encoding="utf-8") as out:
            self.process = subprocess.Popen(["node", S3RVER, "-d", self.folder, "-a", "127.0.0.1", "-p", str(self.port),
                                             "--configure-bucket", "town"], stdout=out, stderr=subprocess.STDOUT)
        while self.process.poll() is None:
            with open(log, encoding="utf-8") as said:
                for line in said.read().splitlines(keepends=True):
                    if "listening on" in line and line.endswith("\n"):
                        self.port = int(line.split(":")[-1])
                        return
            time.sleep(0.02)
        sys.exit("s3rver does not serve")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def restart(self):
        """s3rver keeps half of what a client was writing when it died, and fails over it; S3 keeps nothing of it."""
        self.kill()
        for half in glob.glob(f"{self.folder}/town/**/*._S3rver_object", recursive=True):
            if not is_whole(half):
                os.remove(half)
        self.start()

    def target(self, prefix):
        return f"s3+http://127.0.0.1:{self.port}/town/{prefix}"

    def objects(self, prefix):
        return glob.glob(f"{self.folder}/town/{prefix}/objects/*._S3rver_object")


def machine(root, name):
    return Machine(SONAE, root, name, AWS_ACCESS_KEY_ID="S3RVER", AWS_SECRET_ACCESS_KEY="S3RVER")


def restored(root, name, target, typed):
    return machine(root, name).restore(target, typed)


def suite(storage, hall):
    """The same cases that a directory passes (src/vault/target_test.cc)."""
    if SUITE is None:
        return
    done = subprocess.run([SUITE, "-tc=target:*"], env=dict(hall.env, SONAE_TEST_S3=storage.target("suite")),
                          capture_output=True, text=True, timeout=300)
    must(done.returncode == 0, "the suite: " + done.stdout)


def killed(storage, hall, root, sheets):
    """The backup killed as soon as an object is there; then the storage, while a backup writes."""
    target = storage.target("killed")
    for _ in range(3):
        before = len(storage.objects("killed"))
        backup = subprocess.Popen([SONAE, "backup", hall.town, "--to", target], env=hall.env, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL)
        while len(storage.objects("killed")) == before and backup.poll() is None:
            time.sleep(0.001)
        backup.send_signal(signal.SIGKILL)
        backup.wait()
        storage.restart()
    hall.run("backup", hall.town, "--to", target)
    stood = restored(root, "stood", target, sheets)

    hall.import_list("第二小", 300)
    before = len(storage.objects("killed"))
    backup = subprocess.Popen([SONAE, "backup", hall.town, "--to", target], env=hall.env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True)
    while len(storage.objects("killed")) == before and backup.poll() is None:
        time.sleep(0.001)
    storage.kill()
    backup.communicate()
    status = hall.run("backup", "status", hall.town, code=None)
    must(backup.returncode == 0 or (status.returncode == 1 and "cannot be reached" in status.stdout + status.stderr),
         f"a storage that is gone is told: {backup.returncode} {status.stdout}{status.stderr}")
    gone = hall.run("backup", hall.town, "--to", target, code=1)
    must("cannot be reached" in gone.stderr, f"and again: {gone.stderr}")
    storage.restart()
    hall.run("backup", hall.town, "--to", target)
    hall.run("backup", "status", hall.town)
    must(restored(root, "newest", target, sheets)["facts"] > stood["facts"], "it went on from there")


def full(hall, root, sheets):
    """A storage on 4 MiB. Only root may mount one."""
    small = os.path.join(root, "small")
    os.mkdir(small)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small], capture_output=True).returncode != 0:
        return
    storage = None
    try:
        storage = Storage(small)
        target = storage.target("full")
        hall.run("backup", hall.town, "--to", target)
        filler = os.path.join(small, "filler")
        with open(filler, "wb") as out:
            out.write(bytes(shutil.disk_usage(small).free - 8192))
        hall.import_list("第三小", 300)
        refused = hall.run("backup", hall.town, "--to", target, code=1)
        must("target" in refused.stderr, f"without space: {refused.stderr}")
        hall.run("backup", "status", hall.town, code=1)
        os.remove(filler)
        storage.restart()  # s3rver ends where its disk is full
        restored(root, "before", target, sheets)  # what stood there is whole
        hall.run("backup", hall.town, "--to", target)
        hall.run("backup", "status", hall.town)
        restored(root, "after", target, sheets)
    finally:
        if storage:
            storage.kill()
        subprocess.run(["umount", small], check=True)


def main(root):
    hall = machine(root, "hall")
    if SUITE_ONLY:
        storage = Storage(os.path.join(root, "storage"))
        try:
            suite(storage, hall)
        finally:
            storage.kill()
        return
    hall.run("demo", hall.town, "--residents", "300")
    sheets = os.path.join(root, "sheets")
    hall.run("recovery", "make", hall.town, "--shares", "3", "--need", "2", "--out", sheets)
    typed = words_of(sheets, (1, 3))
    storage = Storage(os.path.join(root, "storage"))
    try:
        suite(storage, hall)
        killed(storage, hall, root, typed)
        proof = hall.json("backup", "prove", storage.target("killed"), "--publish", text=typed)
        must(proof["good"], f"the proof: {proof}")
        must(glob.glob(f"{storage.folder}/town/killed/proofs/*"), "and it lies there")
    finally:
        storage.kill()
    shutil.rmtree(storage.folder)
    state = hall.town + "/backups.json"
    os.remove(state)  # of a storage that is no more
    full(hall, root, typed)
    print("restored from S3-compatible storage, killed and full")


with tempfile.TemporaryDirectory() as root:
    main(root)
