#!/usr/bin/env python3
"""The worst week, in short: a town of three machines in networks of their own receives people while the line comes and
goes. One laptop is killed in the middle. A stick carries a bundle both ways. Two clerks decide one question
differently; people are received twice. Then the hall burns, disk and all: a new machine gets the town in a box and
three sheets of paper, restores from the remote backup, and the others vouch for it. At the end all machines are equal,
nobody who was acknowledged is missing, and the contradictions stand on every screen.

usage: hall_lost.py SONAE [people]      (SONAE: the program; people: received in all, 600 where not given)

Runs in namespaces of its own (unshare, as root or with user namespaces); ends with 77 where they are not to be had.
"""
import base64
import csv
import glob
import http.client
import json
import os
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from machine import words_of

SCRIPT = os.path.abspath(__file__)
SOURCE = os.path.dirname(os.path.dirname(SCRIPT))
ENTERED = "SONAE_HALL_LOST"
SYNC_PORT = 7400


def must(condition, what):
    if not condition:
        sys.exit("failed: " + what)


def told(what):
    print(f"  {time.monotonic() - BEGAN:5.1f} s  {what}", flush=True)


def wait_until(what, ready, seconds=120):
    until = time.monotonic() + seconds
    while not (answer := ready()):
        must(time.monotonic() < until, f"{what} did not come within {seconds} s")
        time.sleep(0.2)
    return answer


class Browser:
    """Somebody signed in at the server of the machine that this process runs on."""

    def __init__(self, login, password):
        self.login, self.password, self.cookie = login, password, ""

    def ask(self, operation, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", 8080, timeout=60)
        headers = {"X-Sonae": "1", "Content-Type": "application/json", "Cookie": self.cookie, "Accept-Language": "en"}
        if body is None:
            connection.request("GET", "/api/" + operation, headers=headers)
        else:
            connection.request("POST", "/api/" + operation, json.dumps(body), headers)
        reply = connection.getresponse()
        answer = json.loads(reply.read() or b"null")
        self.cookie = (reply.getheader("Set-Cookie") or self.cookie).split(";")[0]
        connection.close()
        return reply.status, answer

    def must_ask(self, operation, body):
        last = None
        for _ in range(300):
            try:
                status, answer = last = self.ask(operation, body)
                if status == 401:
                    last = self.ask("sign_in", {"login": self.login, "password": self.password, "purpose": "reception"})
                elif status == 200:
                    return answer
                elif status == 202:
                    return self.end_of(answer["job"])
                else:
                    must(status == 503, f"{operation}: {status} {answer}")
            except (OSError, http.client.HTTPException) as failure:
                last = failure  # the server was killed: what was not acknowledged is sent again, under the same ids
            time.sleep(0.2)
        sys.exit(f"failed: {operation} got no answer: {last}")


    def end_of(self, job):
        for _ in range(600):
            _, state = self.ask(f"jobs/{job}")
            if state["state"] not in ("waiting", "running"):
                must(state["state"] == "done", f"{state}")
                return state["answer"]
            time.sleep(0.1)
        sys.exit("failed: a job did not end")


def desk(login, password, shelter, people_file, receipts_file):
    """Receives the people of a file one after the other; writes down whose receipt came. A process of its own."""
    browser = Browser(login, password)
    with open(people_file, encoding="utf-8") as file, open(receipts_file, "a", encoding="utf-8") as receipts:
        for person in json.load(file):
            entry, fact = ((base64.b32encode(secrets.token_bytes(16)).decode().lower().rstrip("=")) for _ in "ab")
            written = {"name": person["name"], "kana": person["kana"], "sex": person["sex"], "birth": person["birth"],
                       "address": person["address"], "phone": "", "note": "", "relation": "", "needs": [],
                       "condition": "well", "stay": "shelter", "visitor": False, "family": ""}
            browser.must_ask("reception.receive", {
                "shelter": shelter, "persons": [{"entry": entry, "fact": fact, "person": written}],
                "received": {"way": "typed", "at": "2026-11-20T18:01:00+09:00", "form_number": "", "room": "",
                             "consent": [], "said_by": "本人"}})
            receipts.write(entry + "\n")
            receipts.flush()


def once(login, password, operation, body):
    """One question to the server here, as a process of its own; prints the answer."""
    print(json.dumps(Browser(login, password).must_ask(operation, json.loads(body))))


class Machine:
    """A machine in a network namespace of its own, on the bridge of this one."""
    all = []

    def __init__(self, root, number, name, program):
        self.root, self.name, self.program, self.address = root, name, program, f"10.79.0.{number}"
        self.town = os.path.join(root, name)
        self.env = dict(os.environ, SONAE_KEYS=self.town + ".keys", SONAE_DATA=f"{SOURCE}/data", LC_ALL="C.UTF-8")
        self.plug, self.server = f"to{number}", None
        Machine.all.append(self)
        self.space = subprocess.Popen(["unshare", "--net", "sleep", "1800"])
        mine = os.readlink("/proc/self/ns/net")
        wait_until("a namespace", lambda: os.readlink(f"/proc/{self.space.pid}/ns/net") != mine)
        self.inside = ["nsenter", f"--net=/proc/{self.space.pid}/ns/net"]
        tell("ip", "link", "add", self.plug, "type", "veth", "peer", "name", "line", "netns", str(self.space.pid))
        tell("ip", "link", "set", self.plug, "master", "town", "up")
        for words in (["link", "set", "lo", "up"], ["address", "add", self.address + "/24", "dev", "line"],
                      ["link", "set", "line", "up"]):
            tell(*self.inside, "ip", *words)

    def line(self, state):
        tell("ip", "link", "set", self.plug, state)

    def run(self, *words, code=0, text=None):
        done = subprocess.run([*self.inside, self.program, *words], env=self.env, capture_output=True, text=True,
                              input=text, timeout=600)
        must(code is None or done.returncode == code, f"{self.name} {words}: {done.returncode} {done.stdout}{done.stderr}")
        return done.stdout

    def json(self, *words, **more):
        return json.loads(self.run(*words, "--json", **more))

    def serve(self):
        self.server = subprocess.Popen(
            [*self.inside, self.program, "serve", self.town, "--listen", "127.0.0.1:8080", "--sync",
             f"{self.address}:{SYNC_PORT}", "--lang", "en"], env=self.env, stdout=subprocess.PIPE, text=True)
        for line in self.server.stdout:
            if "serving on" in line:
                return
        sys.exit(f"failed: {self.name} does not serve")

    def stop(self, how=signal.SIGTERM):
        self.server.send_signal(how)
        self.server.wait(timeout=60)
        self.server = None

    def ask(self, operation, body):
        done = subprocess.run([*self.inside, sys.executable, SCRIPT, "--ask", *ACCOUNT, operation, json.dumps(body)],
                              capture_output=True, text=True, timeout=120)
        must(done.returncode == 0, f"{self.name} {operation}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def receive(self, shelter, people):
        """Two desks, each with half of them; the processes and the files of their receipts."""
        desks = []
        for half in range(2):
            base = os.path.join(self.root, f"{shelter}-{half}-{secrets.token_hex(3)}")
            with open(base + ".json", "w", encoding="utf-8") as out:
                json.dump(people[half::2], out)
            DESKS.append(subprocess.Popen([*self.inside, sys.executable, SCRIPT, "--desk", *ACCOUNT, shelter,
                                            base + ".json", base + ".receipts"]))
            desks.append((DESKS[-1], base + ".receipts"))
        return desks


def tell(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    must(done.returncode == 0, f"{words}: {done.stderr}")


def acknowledged(desks):
    found = []
    for _, receipts in desks:
        if os.path.exists(receipts):
            with open(receipts, encoding="utf-8") as file:
                found += file.read().split()
    return found


class Weather(threading.Thread):
    """Takes machines off the bridge and puts them back, by a seed, until it is told to end."""

    def __init__(self, machines, seed):
        super().__init__(daemon=True)
        self.machines, self.dice, self.over, self.breaks = machines, random.Random(seed), False, 0

    def run(self):
        while not self.over:
            time.sleep(self.dice.uniform(0.3, 1.5))
            one = self.dice.choice(self.machines)
            one.line("down")
            self.breaks += 1
            time.sleep(self.dice.uniform(0.2, 2.0))
            one.line("up")

    def clear(self):
        self.over = True
        self.join()


def residents_of(registry):
    with open(registry, encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    sexes = {"男": "male", "女": "female", "1": "male", "2": "female"}
    return [{"name": row["name"], "kana": row["kana"], "sex": sexes.get(row["sex"], row["sex"] or "unknown"),
             "birth": row["birth_date"], "address": row["address"]} for row in rows]


def sftp_of_this_machine(root, machines):
    """OpenSSH's sftp with its server behind a pipe, in place of a host far away."""
    programs, far = os.path.join(root, "bin"), os.path.join(root, "far")
    os.mkdir(programs)
    os.mkdir(far)
    with open(os.path.join(programs, "sftp"), "w", encoding="utf-8") as script:
        script.write(f'#!/bin/sh\nexec {shutil.which("sftp")} "$1" "$2" "$3" -D /usr/lib/openssh/sftp-server\n')
    os.chmod(os.path.join(programs, "sftp"), 0o755)
    for machine in machines:
        machine.env["PATH"] = programs + ":" + os.environ["PATH"]
    return "sftp://backup@far.example" + far


def exchange_all_around(machines):
    for one in machines:
        for other in machines:
            if one is not other:
                one.ask("sync.now", {"address": f"{other.address}:{SYNC_PORT}"})


def agree(machines):
    """Exchanges once more, and stops them: all dumps must be equal; the dump."""
    exchange_all_around(machines)
    for machine in machines:
        machine.stop()
    dumps = [machine.run("dump", machine.town) for machine in machines]
    for machine, dump in zip(machines, dumps):
        if dump != dumps[0]:
            differing = set(dump.splitlines()) ^ set(dumps[0].splitlines())
            sys.exit(f"failed: {machine.name} differs from {machines[0].name}: {sorted(differing)[:6]}")
        must(machine.json("verify", machine.town)["sound"], f"{machine.name} is sound")
    return dumps[0]


def main(root, sonae, people_count):
    global ACCOUNT
    tell("ip", "link", "set", "lo", "up")
    tell("ip", "link", "add", "town", "type", "bridge")
    tell("ip", "link", "set", "town", "up")
    hall, school, gym = (Machine(root, number, name, sonae) for number, name in ((1, "hall"), (2, "school"), (3, "gym")))
    machines = [hall, school, gym]
    remote = sftp_of_this_machine(root, machines)
    made = hall.json("demo", hall.town, "--residents", str(max(1000, people_count)))
    ACCOUNT = [made["login"], made["password"]]
    hall.run("recovery", "make", hall.town, "--shares", "5", "--need", "3", "--out", os.path.join(root, "sheets"))
    hall.serve()
    for one in (school, gym):
        code = hall.ask("nodes.invite", {"name": one.name, "addresses": []})["code"]
        one.run("node", "join", one.town, code, "--from", f"{hall.address}:{SYNC_PORT}")
        one.serve()
        one.ask("sync.add_peer", {"address": f"{hall.address}:{SYNC_PORT}", "link": "lan", "every_seconds": 1})
    told("three machines, one town")

    # People come while the line comes and goes, one laptop is killed, and the hall is backed up far away.
    people = residents_of(made["registry"])[:people_count]
    twice = people[:max(3, people_count // 100)]  # received at the school, and again at the gym
    third = people_count // 3
    weather = Weather([school, gym], seed=5)
    weather.start()
    desks = (hall.receive("役場", people[2 * third:]) + school.receive("第一小", people[:third]) +
             gym.receive("体育館", people[third:2 * third] + twice))
    wait_until("half of the people", lambda: len(acknowledged(desks)) > people_count // 2, 600)
    gym.stop(signal.SIGKILL)
    gym.serve()
    hall.run("backup", hall.town, "--to", remote)
    for process, _ in desks:
        must(process.wait(timeout=900) == 0, f"a desk received all; servers: {[(one.name, one.server and one.server.poll()) for one in machines]}")
    weather.clear()
    receipts = acknowledged(desks)
    must(len(receipts) == people_count + len(twice), f"everybody has a receipt: {len(receipts)}")
    told(f"{len(receipts)} received at six desks; the lines broke {weather.breaks} times, the gym was killed once")

    # Off the network: two clerks see one question, and decide it differently.
    wait_until("the same reception everywhere", lambda: len(
        {machine.ask("reception.entries", {"limit": 1})["total"] for machine in machines}) == 1)
    for machine in machines:
        machine.line("down")
    waiting = school.ask("matching.queue", {"limit": 50})["questions"]
    question = next((one for one in waiting if one["candidates"]), None)
    must(question, "the demonstration town has a doubtful pair")
    entry = question["entry"]["entry"]
    school.ask("matching.decide", {"entry": entry, "seen": question["seen"], "resident": question["candidates"][0]["resident"]})
    gym.ask("matching.decide", {"entry": entry, "seen": question["seen"]})

    # A stick goes from the gym to the hall and back.
    nodes = {row["name"]: row["node"] for row in hall.ask("nodes.list", {})["nodes"]}
    here = {machine.name: next(row["node"] for row in machine.ask("nodes.list", {})["nodes"] if row["here"]) for machine in machines}
    must(nodes["gym"] == here["gym"], "the hall knows the gym by its name")
    for machine in (hall, gym):
        machine.stop()
    for sender, receiver in ((gym, hall), (hall, gym)):
        stick = os.path.join(root, f"{sender.name}.bundle")
        sender.run("bundle", "export", sender.town, stick, "--to", here[receiver.name])
        with open(stick, "rb") as file:
            must(b"age-encryption.org/v1" in file.read(64), "the stick is encrypted")
        receiver.run("bundle", "import", receiver.town, stick)
    hall.serve()
    gym.serve()
    decided = hall.ask("matching.question", {"entry": entry})["question"]
    must(any(one for one in decided["decisions"]), "the gym's decision came to the hall by stick")
    told("two clerks decided one question differently; a stick went from the gym to the hall and back")

    # The last backup; then three people more, and the hall burns.
    backup = hall.json("backup", hall.town, "--to", remote)
    after = hall.receive("役場", [dict(one, name="架空 " + str(number)) for number, one in enumerate(people[:4])])
    for process, _ in after:
        must(process.wait(timeout=120) == 0, "the last desk")
    hall.stop(signal.SIGKILL)
    lost_town, lost_keys = hall.town, hall.town + ".keys"
    lost = acknowledged(after)
    shutil.rmtree(lost_town)
    shutil.rmtree(lost_keys)
    hall.line("down")

    # A bare machine: the archive, the sheets, the remote backup.
    box = os.path.join(root, "box.tar.gz")
    tell(os.path.join(SOURCE, "tools/package"), "--program", sonae, box)
    os.mkdir(os.path.join(root, "unpacked"))
    tell("tar", "-xzf", box, "-C", os.path.join(root, "unpacked"))
    program, = glob.glob(os.path.join(root, "unpacked/sonae-*/sonae"))
    new = Machine(root, 4, "new", program)
    new.env = dict(new.env, PATH=school.env["PATH"])
    del new.env["SONAE_DATA"]  # it has its own
    words = words_of(os.path.join(root, "sheets"), (5, 1, 3))
    began = time.monotonic()
    report = new.json("restore", remote, new.town, "--shares", text=words)
    must(report["manifest"] == backup["manifest"] and report["heads_equal"] and not report["unsound"], f"restored: {report}")
    told(f"a new hall out of the box, from far away: {report['facts']} facts in {time.monotonic() - began:.1f} s")
    new.serve()
    machines = [new, school, gym]
    for machine in machines:
        machine.line("up")
    # The others vouch for it; before that they take nothing of its from it.
    new_id = next(row["node"] for row in new.ask("nodes.list", {})["nodes"] if row["here"])
    key = next(row["public_key"] for row in new.ask("nodes.list", {})["nodes"] if row["here"])
    school.ask("nodes.enrol", {"node": new_id, "public_key": key, "name": "新しい役場", "place": "高台"})
    school.ask("nodes.revoke", {"node": here["hall"], "because": "焼失"})
    school.ask("sync.now", {"address": f"{gym.address}:{SYNC_PORT}"})
    for one in (school, gym):
        one.ask("sync.add_peer", {"address": f"{new.address}:{SYNC_PORT}", "link": "lan", "every_seconds": 1})
    told("the others vouch for it")

    # Twice: what one machine learns of another in the first round goes on to the third in the second.
    for _ in range(2):
        exchange_all_around(machines)
    contradictory = [machine.ask("matching.question", {"entry": entry})["question"]["state"] for machine in machines]
    must(set(contradictory) == {"contradictory"}, f"both decisions stand as one question everywhere: {contradictory}")
    pairs = [machine.ask("matching.duplicates", {"limit": 1000}) for machine in machines]
    found = [sum({pair["entry"]["shelter"], pair["other"]["shelter"]} == {"第一小", "体育館"} for pair in one["pairs"]) for one in pairs]
    must(len(set(found)) == 1 and found[0] >= len(twice), f"who was received twice is asked about everywhere: {found}")
    # Answered anywhere, it is answered everywhere.
    now = gym.ask("matching.question", {"entry": entry})["question"]
    gym.ask("matching.decide", {"entry": entry, "seen": now["seen"], "resident": question["candidates"][0]["resident"], "because": "電話で確かめた"})
    dump = agree(machines)
    raw = lambda text: base64.b32decode(text.upper() + "=" * 6).hex()
    missing = [one for one in receipts if raw(one) not in dump]
    must(not missing, f"{len(missing)} of {len(receipts)} acknowledged people are missing")
    still = [one for one in lost if raw(one) in dump]
    told(f"all machines equal and sound; of {len(receipts)} people nobody is missing; of {len(lost)} received after the last "
         f"backup and exchange {len(lost) - len(still)} are lost with the hall")
    proof = new.json("backup", "prove", remote, "--report", os.path.join(root, "proof.html"), text=words)
    must(proof["good"], f"the backup is proven: {proof['lines']}")
    with open(os.path.join(root, "proof.html"), encoding="utf-8") as page:
        must("この控えから町を戻せます" in page.read(), "the report can be read")
    told("the report for the mayor is written")


def enter_namespaces():
    unshare = ["unshare", "--mount", "--net"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    if subprocess.run([*unshare, "true"], capture_output=True).returncode != 0:
        print("no namespaces here")
        sys.exit(77)
    os.environ[ENTERED] = "yes"
    os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv])


BEGAN = time.monotonic()
ACCOUNT = []
DESKS = []
if sys.argv[1] == "--desk":
    desk(*sys.argv[2:])
elif sys.argv[1] == "--ask":
    once(*sys.argv[2:])
else:
    if ENTERED not in os.environ:
        enter_namespaces()
    with tempfile.TemporaryDirectory() as working_place:
        try:
            main(working_place, os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 600)
        finally:
            for process in [*DESKS, *(machine.server for machine in Machine.all), *(machine.space for machine in Machine.all)]:
                if process and process.poll() is None:
                    process.kill()
