#!/usr/bin/env python3
"""A town on PostgreSQL under Patroni, on addresses 127.0.0.x of this machine and in a temporary directory. People
are received through the real server while the primary and its Patroni are killed with SIGKILL. Patroni makes the
synchronous standby the primary; every receipt that was given is there, each once, and receiving goes on. The dead
machine comes back as a standby, and then the other one is killed.

usage: postgres_failover.py SONAE [rounds]     (SONAE: the program; Debian's patroni, etcd-server, postgresql-15)
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

from receiving_town import POSTGRES, Desk, Program, Town, close_and_check, count, free_port, must, receiving, wait_until

SONAE, ROUNDS = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2


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
        town = Town(SONAE, root, f"postgresql://sonae@{addresses}/sonae?target_session_attrs=read-write")
        doctor = town.run("doctor", town.directory, "--lang", "en", code=None)
        must("PostgreSQL 15" in doctor and "No synchronous standby" not in doctor, doctor)
        town.serve()
        desks = [Desk(town, number) for number in range(4)]
        for _ in range(ROUNDS):
            before = count(desks)
            wait_until("100 receipts", lambda: receiving(desks) and count(desks) >= before + 100)
            primary = next(one for one in machines if one.is_primary())
            primary.kill()
            at_kill, began = count(desks), time.monotonic()
            wait_until("receipts after the failover", lambda: receiving(desks) and count(desks) >= at_kill + 100)
            print(f"{primary.name} killed after {at_kill} receipts; 100 more {time.monotonic() - began:.1f} s later")
            primary.start()
            wait_until("the dead machine as a synchronous standby", primary.is_synchronous)
        close_and_check(town, desks)
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
