#!/usr/bin/env python3
"""A served town whose PostgreSQL is killed with SIGKILL while four desks receive people, stays away a while, and comes
back: the server lives on, says meanwhile that the database cannot be reached, and everybody who was acknowledged is
there. (postgres_failover.py is the same with two machines under Patroni.)

usage: postgres_gone.py SONAE
"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from receiving_town import POSTGRES, Desk, Program, Town, close_and_check, count, free_port, must, receiving, wait_until

SONAE = sys.argv[1]


class Server:
    """One PostgreSQL in a directory of its own."""

    def __init__(self, root):
        self.root, self.data, self.port = root, os.path.join(root, "data"), free_port("127.0.0.1")
        made = Program(root, "initdb", [POSTGRES + "/initdb", "-D", self.data, "-U", "postgres", "--auth=trust",
                                        "--encoding=UTF8", "--locale=C.UTF-8"])
        must(made.process.wait() == 0, "initdb failed")
        self.start()

    def start(self):
        self.program = Program(self.root, "postgres", [POSTGRES + "/postgres", "-D", self.data, "-p", str(self.port),
                                                       "-c", "listen_addresses=127.0.0.1",
                                                       "-c", f"unix_socket_directories={self.root}"])
        wait_until("PostgreSQL", lambda: self.run("SELECT 1"))

    def run(self, sql):
        return subprocess.run([POSTGRES + "/psql", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres",
                               "-c", sql], capture_output=True).returncode == 0


def main(root):
    os.chmod(root, 0o777)
    server, town = Server(root), None
    try:
        must(server.run("CREATE ROLE sonae LOGIN") and server.run("CREATE DATABASE sonae OWNER sonae"), "no database")
        town = Town(SONAE, root, f"postgresql://sonae@127.0.0.1:{server.port}/sonae")
        town.serve()
        desks = [Desk(town, number) for number in range(4)]
        wait_until("50 receipts", lambda: receiving(desks) and count(desks) >= 50)
        server.program.kill()
        wait_until("word that the database is gone", lambda: receiving(desks) and any(desk.refused for desk in desks))
        # Longer than the server goes without asking who is signed in, and without calling its peers.
        time.sleep(12)
        must(town.server.poll() is None, "the server ended with its database")
        server.start()
        before = count(desks)
        wait_until("50 receipts more", lambda: receiving(desks) and count(desks) >= before + 50)
        close_and_check(town, desks)
    finally:
        if town and town.server and town.server.poll() is None:
            town.server.kill()
        server.program.kill(signal.SIGTERM)


home = tempfile.mkdtemp(prefix="sonae-gone-")
try:
    main(home)
finally:
    shutil.rmtree(home, ignore_errors=True)
