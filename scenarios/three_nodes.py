#!/usr/bin/env python3
"""Three real nodes on 127.0.0.1: two laptops join the hall with codes, receive people at the same time while
they exchange, and one of them is killed in the middle. At the end all dumps are equal, nothing that was
acknowledged is missing, and every journal verifies.

usage: three_nodes.py SONAE [people]      (SONAE: the program)
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

SONAE, PEOPLE = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 120


class Node:
    def __init__(self, root, name):
        self.name, self.directory = name, os.path.join(root, name)
        self.env = dict(os.environ, SONAE_KEYS=self.directory + ".keys", LC_ALL="C.UTF-8")
        self.server = self.sync = None

    def run(self, *arguments, check=True):
        done = subprocess.run([SONAE, *arguments], env=self.env, capture_output=True, text=True, timeout=120)
        if check and done.returncode != 0:
            sys.exit(f"{self.name}: {arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def call(self, operation, body=None):
        return json.loads(self.run("call", self.directory, operation, json.dumps(body or {}), "--json"))

    def serve(self):
        self.server = subprocess.Popen(
            [SONAE, "serve", self.directory, "--listen", "127.0.0.1:0", "--sync", "127.0.0.1:0", "--lang", "en"],
            env=self.env, stdout=subprocess.PIPE, text=True)
        for line in self.server.stdout:
            found = re.search(r"peers may call at (\S+)", line)
            if found:
                self.sync = found.group(1)
            if "serving on" in line:
                with open(f"/proc/{self.server.pid}/status", encoding="ascii") as status:
                    ignored = int(re.search(r"SigIgn:\s*(\w+)", status.read()).group(1), 16)
                assert ignored >> (signal.SIGPIPE - 1) & 1, "a peer that goes away would end the server"
                return
        sys.exit(f"{self.name}: does not serve")

    def stop(self, how=signal.SIGTERM):
        self.server.send_signal(how)
        self.server.wait(timeout=60)
        self.server = None

    def import_list(self, shelter, first, count):
        path = os.path.join(os.path.dirname(self.directory), f"{shelter}.csv")
        with open(path, "w", encoding="utf-8") as out:
            out.write("氏名,年齢,住所\n")
            for number in range(first, first + count):
                out.write(f"架空 第{number}号,{20 + number % 60},串本{number}番地\n")
        self.run("reception", "import", self.directory, path, "--shelter", shelter)

    def people(self):
        return self.call("reception.entries", {"limit": 1})["total"]

    def dump(self):
        return self.run("dump", self.directory)


def main():
    with tempfile.TemporaryDirectory() as root:
        hall, one, other = (Node(root, name) for name in ("hall", "one", "other"))
        hall.run("init", hall.directory, "--code", "304280", "--name", "串本町", "--fictional")
        codes = {node: hall.call("nodes.invite", {"name": node.name, "addresses": []})["code"] for node in (one, other)}
        hall.serve()
        for node, code in codes.items():
            node.run("node", "join", node.directory, code, "--from", hall.sync)
        used = hall.run("call", hall.directory, "nodes.list", check=False)
        assert used == "", "the hall is held by its server"

        # Both receive people. One exchanges and is killed while it does, again and again.
        one.import_list("第一小", 0, PEOPLE)
        other.import_list("第二小", 100_000, PEOPLE)
        for wait in (0.3, 0.05, 0.6, 1.0):
            exchange = subprocess.Popen([SONAE, "sync", one.directory, hall.sync, "--link", "20000"], env=one.env,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(wait)
            exchange.kill()
            exchange.wait()
        # The hall is killed in the middle of another's exchange, and comes back somewhere else.
        exchange = subprocess.Popen([SONAE, "sync", other.directory, hall.sync, "--link", "20000"], env=other.env,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        hall.stop(signal.SIGKILL)
        exchange.wait()
        hall.serve()
        for node in (one, other, one):
            node.run("sync", node.directory, hall.sync)
        hall.stop()

        counts = [node.people() for node in (hall, one, other)]
        assert counts == [2 * PEOPLE] * 3, counts
        dumps = [[line for line in node.dump().splitlines()] for node in (hall, one, other)]
        for node in (hall, one, other):
            assert '"sound":true' in node.run("verify", node.directory, "--json"), node.name
        assert dumps[0] == dumps[1] == dumps[2], "the dumps differ"
        # Who is revoked is refused from then on.
        listed = {row["name"]: row["node"] for row in hall.call("nodes.list")["nodes"]}
        hall.run("node", "revoke", hall.directory, listed["one"], "--because", "lost")
        hall.serve()
        refused = subprocess.run([SONAE, "sync", one.directory, hall.sync], env=one.env, capture_output=True, text=True)
        assert refused.returncode != 0, "a revoked node was let in"
        hall.stop()
        print(f"three nodes agree on {2 * PEOPLE} people")


main()
