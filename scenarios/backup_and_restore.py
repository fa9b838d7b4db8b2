#!/usr/bin/env python3
"""A town is backed up beside its running server, the backup is killed in the middle, the target fills up and
vanishes; then the town is deleted and comes back from the shares on paper, and goes on as a new node.

usage: backup_and_restore.py SONAE [people]      (SONAE: the program)
"""
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from machine import Machine, must, words_of

SONAE, PEOPLE = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200


def main(root):
    hall = Machine(SONAE, root, "hall")
    disk, sheets = os.path.join(root, "disk"), os.path.join(root, "sheets")
    os.mkdir(disk)
    hall.login = hall.json("demo", hall.town, "--residents", "300")["login"]  # with a registry: its pieces are blobs
    hall.run("backup", hall.town, "--to", disk, code=1)  # there is no key that could open it
    hall.run("recovery", "make", hall.town, "--shares", "5", "--need", "3", "--out", sheets)
    hall.run("recovery", "test", hall.town, text=words_of(sheets, (2, 3, 5)))
    short = hall.run("recovery", "test", hall.town, text=words_of(sheets, (2, 3)), code=2)
    must("Too few shares" in short.stderr, "two of three shares are told to be too few")

    hall.import_list("第一小", PEOPLE)
    first = hall.json("backup", hall.town, "--to", disk)
    must(first["full"] and first["facts"] > PEOPLE and first["blobs"] > 0, "the first backup holds all")

    # Killed at some moment, again and again, beside a server: what stands is never harmed.
    hall.import_list("第二小", PEOPLE)
    server = hall.serve()
    for delay in (0.01, 0.03, 0.06, 0.1, 0.2):
        killed = subprocess.Popen([SONAE, "backup", hall.town, "--to", disk], env=hall.env,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    second = hall.json("backup", hall.town, "--to", disk, "--keep", "10")
    server.terminate()
    must(server.wait(timeout=60) == 0, "the server ends in order")
    must(not second["full"], "it goes on from the first")
    nothing = hall.json("backup", hall.town, "--to", disk)
    must(nothing["objects"] == 0 and nothing["bytes_written"] < 10_000, "nothing new: a manifest only")
    hall.run("backup", "status", hall.town)

    # Gone for a while: told, and visible until it succeeds again.
    os.rename(disk, disk + ".away")
    hall.run("backup", hall.town, "--to", disk, code=1)
    status = hall.json("backup", "status", hall.town, code=1)
    must(status["alarms"][0]["grave"], "the alarm")
    doctor = hall.json("doctor", hall.town, code=1)
    must(any(one["health"] == "problem" and one["what"] == "Backups" for one in doctor["checks"]), "doctor tells it")
    os.rename(disk + ".away", disk)
    hall.run("backup", hall.town, "--to", disk)
    hall.run("backup", "status", hall.town)

    full_disk(hall, root)
    typed = words_of(sheets, (4, 1, 5))
    over_sftp(hall, root, typed)
    at_a_neighbours(hall, root, typed)
    dump = hall.run("dump", hall.town).stdout
    last = hall.json("backup", hall.town, "--to", disk)

    # Everything burns. A bare machine, three sheets, and the disk.
    shutil.rmtree(hall.town)
    shutil.rmtree(hall.town + ".keys")
    new = Machine(SONAE, root, "new")
    report = new.restore(disk, typed)
    must(report["manifest"] == last["manifest"], "the newest")
    must(new.json("verify", new.town)["sound"], "verify is content")
    people = [line for line in dump.splitlines() if line.startswith('["reception_')]
    again = [line for line in new.run("dump", new.town).stdout.splitlines() if line.startswith('["reception_')]
    must(people and people == again, "the same people")
    new.import_list("第三小", 5)  # it goes on
    must(not new.json("backup", new.town, "--to", disk).get("problems"), "and is backed up, as another node")
    nodes = new.json("node", "list", new.town)["nodes"]
    must(len(nodes) == 2 and sum(one["here"] for one in nodes) == 1, "a new node beside the lost one")

    page = os.path.join(root, "proof.html")
    proof = new.json("backup", "prove", disk, "--report", page, text=typed)
    must(proof["good"], f"proof: {proof['lines']}")
    must(proof["lines"][0]["what_english"] == "Residents" and int(proof["lines"][0]["restored"]) > 200, "residents")
    with open(page, encoding="utf-8") as written:
        must("この控えから町を戻せます" in written.read(), "the page")
    print(f"{report['facts']} facts back in {report['seconds']:.1f} s, proven in {proof['restore']['seconds']:.1f} s")


def over_sftp(hall, root, typed):
    """OpenSSH's sftp with its server behind a pipe, in place of a host: the program `sftp` is one that leaves the host out."""
    server = "/usr/lib/openssh/sftp-server"
    if not (os.path.exists(server) and shutil.which("sftp")):
        return
    programs, far = os.path.join(root, "bin"), os.path.join(root, "far")
    os.mkdir(programs)
    wrapper = os.path.join(programs, "sftp")
    # What stands in `held` is fetched only when the file `go` is there: a slow line, without a clock.
    with open(wrapper, "w", encoding="utf-8") as script:
        script.write(f'#!/bin/sh\nif [ -s {root}/held ] && grep -q -f {root}/held "$3"; then\n'
                     f'  until [ -e {root}/go ]; do sleep 0.02; done\nfi\n'
                     f'exec {shutil.which("sftp")} "$1" "$2" "$3" -D {server}\n')
    os.chmod(wrapper, 0o755)
    env, hall.env = hall.env, dict(hall.env, PATH=programs + ":" + os.environ["PATH"])
    target = "sftp://backup@far.example" + far
    missing = hall.run("backup", hall.town, "--to", target, code=1)
    must("not there" in missing.stderr, f"no folder there: {missing.stderr}")
    os.mkdir(far)
    hall.run("backup", hall.town, "--to", target)
    again = hall.json("backup", hall.town, "--to", target, "--keep", "1")
    must(again["objects"] == 0 and again["removed"] == 1, "nothing new, and the older one went")
    proof = hall.json("backup", "prove", target, text=typed)
    must(proof["good"], f"proof over SFTP: {proof['lines']}")
    serve_meanwhile(hall, root, target, far, typed)
    hall.env = env


def at_a_neighbours(hall, root, typed):
    """Another town's machine keeps the backups, killed in the middle; a bare machine restores from it with the sheets alone."""
    other, folder = Machine(SONAE, root, "neighbour"), os.path.join(root, "guests")
    os.mkdir(folder)
    other.run("init", other.town, "--code", "304280", "--name", "隣町")
    with open(f"{hall.town}/town.json", encoding="utf-8") as profile:
        town = json.load(profile)["id"]
    ids = [machine.json("node", "list", machine.town)["nodes"][0]["node"] for machine in (hall, other)]
    with open(f"{other.town}/backup.toml", "w", encoding="utf-8") as plan:
        plan.write(f'[[guest]]\nname = "町"\ntown = "{town}"\nnodes = ["{ids[0]}"]\nfolder = "{folder}"\nlimit_gb = 1\n')

    def serve(port):
        server = subprocess.Popen([SONAE, "serve", other.town, "--listen", "127.0.0.1:0", "--sync", f"127.0.0.1:{port}", "--lang", "en"],
                                  env=other.env, stdout=subprocess.PIPE, text=True)
        for line in server.stdout:
            if "peers may call" in line:
                return server, int(line.split(":")[-1])
        sys.exit("the neighbour does not serve")

    server, port = serve(0)
    target = f"node://127.0.0.1:{port}/{ids[1]}/{town}"
    backup = subprocess.Popen([SONAE, "backup", hall.town, "--to", target], env=hall.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not glob.glob(f"{folder}/objects/*") and backup.poll() is None:
        time.sleep(0.001)
    server.kill()
    server.wait()
    backup.wait()
    server, _ = serve(port)
    try:
        hall.run("backup", hall.town, "--to", target)
        hall.run("backup", "status", hall.town)
        bare = Machine(SONAE, root, "bare")
        report = bare.json("restore", target, bare.town, "--shares", text=typed)
        must(report["heads_equal"] and not report["lost"] and not report["differing"], f"whole from a neighbour: {report}")
    finally:
        server.terminate()
        must(server.wait(timeout=60) == 0, "the neighbour's server ends in order")


def serve_meanwhile(hall, root, target, far, typed):
    """The registry answers while reception is still on the line; reception when it has come."""
    with open(os.path.join(root, "held"), "w", encoding="utf-8") as held:
        for index in glob.glob(f"{far}/objects/*.json"):
            with open(index, encoding="utf-8") as signed:
                document = json.loads(signed.readline())
            if any(log["stream"] == "urgent" for log in document["logs"]):
                held.write(document["name"] + ".age\n")
    town = os.path.join(root, "meanwhile")
    server = subprocess.Popen([SONAE, "restore", target, town, "--shares", "--serve", "--listen", "127.0.0.1:0", "--json", "--lang", "en"],
                              env=dict(hall.env, SONAE_KEYS=town + ".keys"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        server.stdin.write(typed)
        server.stdin.close()
        address = server.stdout.readline().split()[-1]

        def ask(operation, body, cookie=""):
            request = urllib.request.Request(f"{address}/api/{operation}", json.dumps(body).encode(),
                                             {"X-Sonae": "1", "Content-Type": "application/json", "Cookie": cookie, "Accept-Language": "en"})
            try:
                with urllib.request.urlopen(request, timeout=60) as reply:
                    return reply.status, json.load(reply), (reply.headers.get("Set-Cookie") or "").split(";")[0]
            except urllib.error.HTTPError as refused:
                return refused.code, json.load(refused), ""

        def wait_for(condition):
            while not condition(status := ask("restore.status", {})[1]):
                must(server.poll() is None, "the server lives")
                time.sleep(0.05)
            return status

        wait_for(lambda status: status["parts"][0]["arrived"])
        code, _, cookie = ask("sign_in", {"login": hall.login, "password": "kushimoto-demo", "purpose": "restore"})
        must(code == 200, "people can sign in")
        code, found, _ = ask("registry.search", {"text": "串本"}, cookie)
        must(code == 200, f"the registry answers: {found}")
        entry = {"shelter": "第一小", "members": [{"name": "架空 はな"}]}
        for operation, body in (("reception.entries", {"limit": 1}), ("reception.receive", entry), ("access.looks", {})):
            code, refused, _ = ask(operation, body, cookie)
            must(code == 503 and "not here yet" in refused["message"], f"{operation} waits: {code} {refused}")
        must(hall.run("serve", town, code=1).stderr.count("being restored"), "another server refuses a half town")
        open(os.path.join(root, "go"), "w", encoding="utf-8").close()
        wait_for(lambda status: not status["restoring"])
        code, entries, _ = ask("reception.entries", {"limit": 1}, cookie)
        must(code == 200 and entries["total"] > PEOPLE, f"reception is here: {entries}")
        code, written, _ = ask("reception.open_shelter", {"name": "第九小", "address": ""}, cookie)
        must(code == 200, f"and can be written: {written}")
        report = json.loads(server.stdout.readline())
        must(ask("restore.status", {})[1]["compared"], f"and it answers as before: {report}")
        must(report["heads_equal"] and not report["lost"] and not report["unsound"] and report["not_compared"], f"{report}")
        server.terminate()
        must(server.wait(timeout=60) == 0, "the server ends in order")
    finally:
        server.kill()
        server.wait()


def full_disk(hall, root):
    """A target of 2 MiB. Only root may mount one."""
    small = os.path.join(root, "small")
    os.mkdir(small)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small],
                                           capture_output=True).returncode != 0:
        return
    try:
        with open(os.path.join(small, "filler"), "wb") as filler:
            filler.write(bytes(2_050_000))
        refused = hall.run("backup", hall.town, "--to", small, code=1)
        must("disk is full" in refused.stderr, f"full: {refused.stderr}")
        must(not [name for _, _, names in os.walk(small) for name in names if name.endswith(".new")], "no rest")
        hall.run("backup", "status", hall.town, code=1)
        os.remove(os.path.join(small, "filler"))
        hall.run("backup", hall.town, "--to", small)
        hall.run("backup", "status", hall.town)
    finally:
        subprocess.run(["umount", small], check=True)


with tempfile.TemporaryDirectory() as root:
    main(root)
