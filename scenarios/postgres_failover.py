#!/usr/bin/env python3
"""A town on PostgreSQL under Patroni, on addresses 127.0.0.x of this machine and in a temporary directory. People
are received through the real server while the primary and its Patroni are killed with SIGKILL. Patroni makes the
synchronous standby the primary; every receipt that was given is there, each once, and receiving goes on. The dead
machine comes back as a standby, and then the other one is killed.

usage: postgres_failover.py SONAE [rounds]     (SONAE: the program; Debian's patroni, etcd-server, postgresql-15)
"""
import base64
import http.client
import json
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

SONAE, ROUNDS = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2
POSTGRES = "/usr/lib/postgresql/15/bin"
PASSWORD = "a long password for this test only"


def must(condition, what):
    if not condition:
        sys.exit(f"postgres_failover: {what}")


def free_port(address):
    with socket.socket() as one:
        one.bind((address, 0))
        return one.getsockname()[1]


def wait_until(what, ready, seconds=90):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answer = ready()
        if answer:
            return answer
        time.sleep(0.2)
    sys.exit(f"postgres_failover: {what} did not come within {seconds} s")


class Program:
    """One started program and all that it starts: a process group, run by nobody where this is root."""

    def __init__(self, root, name, words, env=None):
        self.log = open(os.path.join(root, name + ".log"), "ab")
        as_nobody = {}
        if os.geteuid() == 0:
            as_nobody = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
        self.process = subprocess.Popen(words, stdout=self.log, stderr=self.log, start_new_session=True, cwd=root,
                                        env=dict(os.environ, LC_ALL="C.UTF-8", HOME=root, **(env or {})), **as_nobody)

    def kill(self, how=signal.SIGKILL):
        try:
            os.killpg(self.process.pid, how)
        except ProcessLookupError:
            pass
        self.process.wait()


class Machine:
    """One machine of the cluster: Patroni and the PostgreSQL that it looks after."""

    def __init__(self, root, number, etcd):
        self.root, self.name, self.address = root, f"pg{number}", f"127.0.0.{10 + number}"
        self.port, self.rest = free_port(self.address), free_port(self.address)
        self.data, self.program = os.path.join(root, self.name), None
        self.configuration = os.path.join(root, self.name + ".yml")
        with open(self.configuration, "w", encoding="utf-8") as out:
            json.dump(self.settings(etcd), out)  # JSON is YAML

    def settings(self, etcd):
        return {
            "scope": "sonae", "name": self.name,
            "restapi": {"listen": f"{self.address}:{self.rest}", "connect_address": f"{self.address}:{self.rest}"},
            "etcd3": {"host": etcd},
            "bootstrap": {
                # Short times, so that the test is short; docs/postgresql.md has those for work.
                "dcs": {"ttl": 10, "loop_wait": 2, "retry_timeout": 3, "synchronous_mode": True,
                        "maximum_lag_on_failover": 1048576,
                        "postgresql": {"use_pg_rewind": True, "parameters": {
                            "synchronous_commit": "on", "max_connections": 60, "shared_buffers": "64MB",
                            "log_error_verbosity": "terse", "log_parameter_max_length": 0,
                            "wal_log_hints": "on", "max_wal_size": "256MB"}}},
                "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, "data-checksums"],
                "pg_hba": ["local all all trust", "host all all 127.0.0.0/8 trust",
                           "host replication all 127.0.0.0/8 trust"],
            },
            "postgresql": {
                "listen": f"{self.address}:{self.port}", "connect_address": f"{self.address}:{self.port}",
                "data_dir": self.data, "bin_dir": POSTGRES, "pgpass": self.data + ".pgpass",
                "authentication": {"superuser": {"username": "postgres"}, "replication": {"username": "replicator"},
                                   "rewind": {"username": "postgres"}},
                "parameters": {"unix_socket_directories": self.root},
            },
        }

    def start(self):
        self.program = Program(self.root, self.name, ["/usr/bin/patroni", self.configuration])

    def kill(self):
        """As if its power were cut: Patroni and PostgreSQL at once, which is a session of its own."""
        with open(os.path.join(self.data, "postmaster.pid"), encoding="utf-8") as file:
            server = int(file.readline())
        os.killpg(self.program.process.pid, signal.SIGSTOP)
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server)], capture_output=True, text=True).stdout
        for process in [server, *map(int, children.split())]:
            os.kill(process, signal.SIGKILL)
        self.program.kill()
        self.program = None

    def answers(self, what):
        try:
            with urllib.request.urlopen(f"http://{self.address}:{self.rest}/{what}", timeout=2) as reply:
                return reply.status == 200
        except OSError:
            return False

    def is_primary(self):
        return self.program and self.answers("primary")

    def is_synchronous(self):
        return self.program and self.answers("synchronous")

    def stop(self):
        if not self.program:
            return
        self.program.process.send_signal(signal.SIGTERM)
        try:
            self.program.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()


class Town:
    def __init__(self, root, url):
        self.directory = os.path.join(root, "town")
        self.env = dict(os.environ, SONAE_KEYS=os.path.join(root, "keys"), LC_ALL="C.UTF-8")
        self.run("init", self.directory, "--code", "304280", "--name", "串本町", "--fictional", "--store", url)
        self.run("passwd", self.directory, text=PASSWORD + "\n" + PASSWORD + "\n")
        self.login = pwd.getpwuid(os.geteuid()).pw_name
        self.server = None

    def run(self, *words, text=None, code=0):
        done = subprocess.run([SONAE, *words], env=self.env, input=text, capture_output=True, text=True, timeout=180)
        must(code is None or done.returncode == code, f"{words} gave {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def serve(self):
        self.server = subprocess.Popen([SONAE, "serve", self.directory, "--listen", "127.0.0.1:0", "--lang", "en"],
                                       env=self.env, stdout=subprocess.PIPE, text=True)
        for line in self.server.stdout:
            found = re.search(r"serving on \S*?127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found.group(1))
                return
        sys.exit("postgres_failover: the town does not serve")

    def stop(self):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait(timeout=60)


class Desk(threading.Thread):
    """Receives people one after the other; remembers who was acknowledged."""

    def __init__(self, town, number):
        super().__init__(daemon=True)
        self.town, self.number, self.over = town, number, False
        self.acknowledged, self.refused, self.longest = [], [], 0.0
        self.connection = http.client.HTTPConnection("127.0.0.1", town.port, timeout=120)
        reply = self.post("sign_in", {"login": town.login, "password": PASSWORD, "purpose": "test"})
        self.cookie = reply.getheader("Set-Cookie").split(";")[0]
        self.start()

    def post(self, what, body):
        headers = {"X-Sonae": "1", "Content-Type": "application/json", "Cookie": getattr(self, "cookie", "")}
        self.connection.request("POST", "/api/" + what, json.dumps(body), headers)
        reply = self.connection.getresponse()
        self.content = reply.read()
        must(what != "sign_in" or reply.status == 200, f"sign in: {self.content}")
        return reply

    def run(self):
        while not self.over:
            entry, fact = ((base64.b32encode(secrets.token_bytes(16)).decode().lower().rstrip("=")) for _ in "ab")
            person = {"name": f"架空 {self.number}", "kana": "", "sex": "male", "birth": "1950-07-02", "address": "",
                      "phone": "", "note": "", "relation": "", "needs": [], "condition": "well", "stay": "shelter",
                      "visitor": False, "family": ""}
            began = time.monotonic()
            reply = self.post("reception.receive", {
                "shelter": f"第{self.number}小学校",
                "received": {"way": "typed", "at": "2026-11-20T18:01:00+09:00", "form_number": "", "room": "",
                             "consent": [], "said_by": "本人"},
                "persons": [{"entry": entry, "fact": fact, "person": person}]})
            self.longest = max(self.longest, time.monotonic() - began)
            if reply.status == 200:
                self.acknowledged.append(entry)
            else:
                self.refused.append(self.content.decode())
                if json.loads(self.content)["code"] != "busy":  # meanwhile no primary: to be sent again later
                    self.over = True
                    return
                time.sleep(0.5)


def receiving(desks):
    for desk in desks:
        must(not desk.over and desk.is_alive(), f"a desk gave up: {desk.refused[-1:]}")
    return True


def main(root):
    os.chmod(root, 0o777)
    peer, client = (f"http://127.0.0.10:{free_port('127.0.0.10')}" for _ in "ab")
    etcd = Program(root, "etcd", ["/usr/bin/etcd", "--name", "one", "--data-dir", os.path.join(root, "etcd"),
                                  "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
                                  "--initial-cluster", f"one={peer}", "--listen-client-urls", client,
                                  "--advertise-client-urls", client])
    machines = [Machine(root, number, client.removeprefix("http://")) for number in (1, 2)]
    town = None
    try:
        for machine in machines:
            machine.start()
        primary = wait_until("a primary", lambda: next((one for one in machines if one.is_primary()), None))
        wait_until("a synchronous standby", lambda: any(one.is_synchronous() for one in machines))
        hosts, ports = ",".join(m.address for m in machines), ",".join(str(m.port) for m in machines)
        subprocess.run([POSTGRES + "/psql", "-q", "-h", primary.address, "-p", str(primary.port), "-U", "postgres",
                        "-c", "CREATE ROLE sonae LOGIN", "-c", "CREATE DATABASE sonae OWNER sonae"], check=True)
        # The standby has it a moment later; a host that refuses the database ends the search of libpq.
        wait_until("the database at both machines", lambda: all(
            subprocess.run([POSTGRES + "/psql", "-q", "-h", m.address, "-p", str(m.port), "-U", "sonae", "-c", "SELECT 1"],
                           capture_output=True).returncode == 0 for m in machines))
        addresses = ",".join(f"{host}:{port}" for host, port in zip(hosts.split(","), ports.split(",")))
        town = Town(root, f"postgresql://sonae@{addresses}/sonae?target_session_attrs=read-write")
        doctor = town.run("doctor", town.directory, "--lang", "en", code=None)
        must("PostgreSQL 15" in doctor and "No synchronous standby" not in doctor, doctor)
        town.serve()
        desks = [Desk(town, number) for number in range(4)]
        count = lambda: sum(len(desk.acknowledged) for desk in desks)
        for _ in range(ROUNDS):
            before = count()
            wait_until("100 receipts", lambda: receiving(desks) and count() >= before + 100)
            primary = next(one for one in machines if one.is_primary())
            primary.kill()
            at_kill, began = count(), time.monotonic()
            wait_until("receipts after the failover", lambda: receiving(desks) and count() >= at_kill + 100)
            print(f"{primary.name} killed after {at_kill} receipts; 100 more {time.monotonic() - began:.1f} s later")
            primary.start()
            wait_until("the dead machine as a synchronous standby", primary.is_synchronous)
        for desk in desks:
            desk.over = True
        for desk in desks:
            desk.join()
        town.stop()
        acknowledged = [entry for desk in desks for entry in desk.acknowledged]
        refused = sum(len(desk.refused) for desk in desks)
        verified = town.run("verify", town.directory)
        total = json.loads(town.run("call", town.directory, "reception.entries", '{"limit":1}', "--json"))["total"]
        dump = town.run("dump", town.directory)
        raw = lambda text: base64.b32decode(text.upper() + "=" * 6).hex()
        missing = [entry for entry in acknowledged if raw(entry) not in dump]
        must(not missing, f"{len(missing)} of {len(acknowledged)} acknowledged people are missing")
        must(total >= len(acknowledged), f"{total} entries, {len(acknowledged)} acknowledged")
        longest = max(desk.longest for desk in desks)
        print(f"{len(acknowledged)} people acknowledged, all there; {total - len(acknowledged)} without a receipt, "
              f"{refused} refused; the longest wait for a receipt was {longest:.1f} s")
        print(verified.strip().splitlines()[0] if verified.strip() else "verified")
    finally:
        if town and town.server and town.server.poll() is None:
            town.server.kill()
        for machine in machines:
            machine.stop()
        etcd.kill()


home = tempfile.mkdtemp(prefix="sonae-failover-")
try:
    main(home)
finally:
    if os.environ.get("SONAE_KEEP"):
        print("left at", home)
    else:
        shutil.rmtree(home, ignore_errors=True)
