#!/usr/bin/env python3
"""The town in a box on a machine with nothing: tools/package packs the program, an empty root gets the archive and a
backup's disk and no network, three sheets are typed, and the restored town answers over HTTP.

usage: bare_machine.py SONAE [ROOT]      (SONAE: the program)

Without ROOT the empty root holds the C library of this machine and /proc, nothing else of it. ROOT is a whole Debian 12
without anything installed, in which its own tar unpacks the archive:

    tools/fresh_root /var/tmp/fresh/root true && scenarios/bare_machine.py build/release/sonae /var/tmp/fresh/root

Runs in namespaces of its own (unshare, as root or with user namespaces); ends with 77 where they are not to be had.
"""
import filecmp
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

SONAE, ROOT = os.path.abspath(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
SOURCE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENTERED = "SONAE_BARE_MACHINE"
C_LIBRARY = ["libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libresolv.so.2"]


def must(condition, what):
    if not condition:
        sys.exit("failed: " + what)


def run(*command, env=None, text=None):
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=300, input=text)
    must(done.returncode == 0, f"{command}: {done.returncode} {done.stdout}{done.stderr}")
    return done.stdout


def enter_namespaces():
    """Mounts and the network are this process's own from here on."""
    unshare = ["unshare", "--mount", "--net"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    if subprocess.run([*unshare, "true"], capture_output=True).returncode != 0:
        print("no namespaces here")
        sys.exit(77)
    os.environ[ENTERED] = "yes"
    os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv])


def pack(place):
    """Twice, at different times and under different masks: the same bytes."""
    archives = []
    for number, mask in enumerate((0o022, 0o077)):
        archives.append(os.path.join(place, f"box-{number}.tar.gz"))
        before = os.umask(mask)
        run(os.path.join(SOURCE, "tools/package"), "--program", SONAE, archives[-1])
        os.umask(before)
    must(filecmp.cmp(*archives, shallow=False), "the archive is reproducible")
    return archives[0]


def backed_up_town(place):
    """A town with a registry, a disk with its backup, the words of three sheets, and what a search there answers."""
    env = dict(os.environ, SONAE_KEYS=f"{place}/lost.keys", SONAE_DATA=f"{SOURCE}/data", LC_ALL="C.UTF-8")
    town, disk, sheets = (os.path.join(place, name) for name in ("lost", "disk", "sheets"))
    os.mkdir(disk)
    made = json.loads(run(SONAE, "demo", town, "--residents", "300", "--json", env=env))
    run(SONAE, "recovery", "make", town, "--shares", "5", "--need", "3", "--out", sheets, env=env)
    run(SONAE, "backup", town, "--to", disk, env=env)
    words = []
    for number in (5, 2, 4):
        with open(f"{sheets}/share-{number}.txt", encoding="utf-8") as sheet:
            words.append("".join(line for line in sheet if line[0] not in "#S"))
    with open(made["registry"], encoding="utf-8-sig") as registry:
        made["somebody"] = registry.readlines()[1].split(",")[3]
    asked = json.loads(run(SONAE, "call", town, "registry.search", json.dumps({"text": made["somebody"]}), "--json", env=env))
    must(asked["residents"], f"the lost town answers: {asked}")
    shutil.rmtree(town)
    return disk, "\n".join(words), made, asked["residents"]


def empty_root(place, archive):
    """A root with the C library alone; what is unpacked there finds nothing else of this machine."""
    root = os.path.join(place, "root")
    for folder in ("lib64", "lib", "proc", "tmp", "etc"):
        os.makedirs(os.path.join(root, folder))
    libraries = "/lib/x86_64-linux-gnu"
    for name in C_LIBRARY:
        shutil.copy(os.path.realpath(f"{libraries}/{name}"), f"{root}/lib/{name}")
    shutil.copy(os.path.realpath("/lib64/ld-linux-x86-64.so.2"), f"{root}/lib64/ld-linux-x86-64.so.2")
    run("tar", "-xzf", archive, "-C", f"{root}/tmp")
    return root, f"{root}/tmp"


def debian_root(archive, place):
    """A whole plain Debian, which unpacks the archive with its own tar."""
    unpacked = tempfile.mkdtemp(dir=f"{ROOT}/tmp")
    shutil.copy(archive, f"{unpacked}/box.tar.gz")
    run("chroot", ROOT, "tar", "-xzf", f"{unpacked[len(ROOT):]}/box.tar.gz", "-C", unpacked[len(ROOT):])
    return ROOT, unpacked


def answer(address, path, body, cookie=None):
    request = urllib.request.Request(address + path, json.dumps(body).encode(),
                                     {"X-Sonae": "1", "Content-Type": "application/json", **({"Cookie": cookie} if cookie else {})})
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply), (reply.headers.get("Set-Cookie") or "").split(";")[0]


def main(place):
    archive = pack(place)
    disk, words, made, expected = backed_up_town(place)
    root, unpacked = debian_root(archive, place) if ROOT else empty_root(place, archive)
    inside = unpacked[len(root):]
    box, = glob.glob(f"{unpacked}/sonae-*")
    os.mkdir(f"{unpacked}/stick")
    run("mount", "--bind", disk, f"{unpacked}/stick")
    run("mount", "--rbind", "/proc", f"{root}/proc")
    run("ip", "link", "set", "lo", "up")  # the only interface
    must(len(os.listdir("/sys/class/net")) >= 1 and run("ip", "-o", "link").count("\n") == 1, "no interface but lo")

    # Whole Debian: as its user would, by the launcher. Else there is not even a shell.
    program = [f"{inside}/{os.path.basename(box)}/" + ("sonae" if ROOT else "bin/sonae")]
    bare = [shutil.which("chroot"), root, *program]
    env = {"HOME": inside, "PATH": "/usr/bin:/bin"}
    began = time.monotonic()
    report = json.loads(run(*bare, "restore", f"{inside}/stick", f"{inside}/town", "--shares", "--json", env=env, text=words))
    must(report["heads_equal"] and not report["lost"] and not report["differing"] and not report["unsound"], f"{report}")
    server = subprocess.Popen([*bare, "serve", f"{inside}/town", "--listen", "127.0.0.1:0"], env=env,
                              stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().split()[-1]
        must(address.startswith("http://127.0.0.1:"), f"serves: {address}")
        with urllib.request.urlopen(address, timeout=60) as page:
            must("<html" in page.read().decode(), "the pages are there")
        _, cookie = answer(address, "/api/sign_in",
                                 {"login": made["login"], "password": made["password"], "purpose": "bare machine"})
        found, _ = answer(address, "/api/registry.search", {"text": made["somebody"]}, cookie)
        must(found["residents"] == expected, f"the same answer as before: {found}")
        print(f"{report['facts']} facts; {len(expected)} people found {time.monotonic() - began:.1f} s after the sheets")
    finally:
        server.terminate()
        must(server.wait(timeout=60) == 0, "the server ends in order")
    if ROOT:
        run("umount", f"{unpacked}/stick")
        shutil.rmtree(unpacked)


if ENTERED not in os.environ:
    enter_namespaces()
with tempfile.TemporaryDirectory() as working_place:
    try:
        main(working_place)
    finally:
        for mounted in (f"{working_place}/root/tmp/stick", f"{working_place}/root/proc", f"{ROOT}/proc"):
            subprocess.run(["umount", "--recursive", "--lazy", mounted], capture_output=True)
