"""A served town and the desks that receive people in it, for scenarios in which its database comes and goes."""
import base64
import http.client
import json
import os
import pwd
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time

POSTGRES = "/usr/lib/postgresql/15/bin"
PASSWORD = "a long password for this test only"


def must(condition, what):
    if not condition:
        sys.exit(what)


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
    sys.exit(f"{what} did not come within {seconds} s")


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


class Town:
    def __init__(self, sonae, root, url):
        self.sonae = sonae
        self.directory = os.path.join(root, "town")
        self.env = dict(os.environ, SONAE_KEYS=os.path.join(root, "keys"), LC_ALL="C.UTF-8")
        self.run("init", self.directory, "--code", "304280", "--name", "串本町", "--fictional", "--store", url)
        self.run("passwd", self.directory, text=PASSWORD + "\n" + PASSWORD + "\n")
        self.login = pwd.getpwuid(os.geteuid()).pw_name
        self.server = None

    def run(self, *words, text=None, code=0):
        done = subprocess.run([self.sonae, *words], env=self.env, input=text, capture_output=True, text=True, timeout=180)
        must(code is None or done.returncode == code, f"{words} gave {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def serve(self):
        self.server = subprocess.Popen([self.sonae, "serve", self.directory, "--listen", "127.0.0.1:0", "--lang", "en"],
                                       env=self.env, stdout=subprocess.PIPE, text=True)
        for line in self.server.stdout:
            found = re.search(r"serving on \S*?127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found.group(1))
                return
        sys.exit("the town does not serve")

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


def count(desks):
    return sum(len(desk.acknowledged) for desk in desks)


def close_and_check(town, desks):
    """The desks end and the town stops: everybody who was acknowledged stands in its dump, and `verify` is content."""
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
    print(verified.strip().splitlines()[0])
