#!/usr/bin/env python3
"""usage: mail_server.py SONAE

Residents write to the town through a real mail server (Postfix, an instance of its own in a temporary directory), which
delivers into a Maildir; Sonae takes each mail as a claim and answers through the same server. Mail in the character sets
of Japanese telephones, with large attachments, from machines, and while Sonae is killed and started again. LINE and an SMS
gateway call the same server. Somebody who asked for a person on the public page is told by mail when that person is received.

Postfix wants root; without, the test is skipped (exit code 77).
"""
import base64, hmac, json, os, pwd, shutil, signal, smtplib, socket, subprocess, sys, tempfile, threading, time, urllib.error, urllib.request
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.mime.text import MIMEText

SONAE = os.path.abspath(sys.argv[1])
if os.geteuid() != 0 or shutil.which("postfix") is None:
    print("skipped: needs root and postfix")
    sys.exit(77)
home = tempfile.mkdtemp(prefix="sonae-mail-")
os.chmod(home, 0o755)  # Postfix's delivery agent runs as somebody else
town, maildir = home + "/town", home + "/mail/anpi"
env = {**os.environ, "SONAE_KEYS": home + "/keys", "LC_ALL": "C.UTF-8"}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Outside(threading.Thread):
    """The mail server of the residents' provider: takes what is sent to them."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.mails, self.change = [], threading.Condition()
        self.start()

    def run(self):
        while True:
            threading.Thread(target=self.talk, args=(self.listening.accept()[0],), daemon=True).start()

    def talk(self, connection):
        lines = connection.makefile("rb")
        connection.sendall(b"220 outside\r\n")
        sender = None
        for line in lines:
            word = line[:4].upper()
            if word == b"MAIL":
                sender = line.decode()
            if word == b"DATA":
                connection.sendall(b"354 go on\r\n")
                body = b""
                for part in lines:
                    if part == b".\r\n":
                        break
                    body += part
                with self.change:
                    self.mails.append((sender, message_from_bytes(body, policy=policy.default)))
                    self.change.notify_all()
            connection.sendall(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")

    def wait_for(self, count):
        with self.change:
            assert self.change.wait_for(lambda: len(self.mails) >= count, 60), f"{len(self.mails)} of {count} answers"


outside, port = Outside(), free_port()
user = pwd.getpwnam("nobody")
config = home + "/postfix"
for folder in (config, home + "/queue", home + "/data", home + "/mail"):
    os.makedirs(folder)
shutil.chown(home + "/data", "postfix")
os.chown(home + "/mail", user.pw_uid, user.pw_gid)
with open(config + "/main.cf", "w") as file:
    file.write(f"""compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {home}/postfix.log
maillog_file_prefixes = {home}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.kushimoto.example
mydestination =
local_recipient_maps =
alias_maps =
mynetworks = 127.0.0.0/8
smtputf8_enable = no
message_size_limit = 20000000
virtual_mailbox_limit = 0
mailbox_size_limit = 0
virtual_mailbox_domains = kushimoto.example
virtual_mailbox_maps = inline:{{ anpi@kushimoto.example=anpi/ }}
virtual_mailbox_base = {home}/mail
virtual_uid_maps = static:{user.pw_uid}
virtual_gid_maps = static:{user.pw_gid}
default_transport = smtp:[127.0.0.1]:{outside.port}
smtp_host_lookup = native
""")
with open(config + "/master.cf", "w") as file:
    file.write(f"127.0.0.1:{port} inet n - n - - smtpd\n")
    for name, kind, command in (("pickup", "unix", "pickup"), ("cleanup", "unix", "cleanup"), ("qmgr", "unix", "qmgr"),
                                ("rewrite", "unix", "trivial-rewrite"), ("bounce", "unix", "bounce"), ("defer", "unix", "bounce"),
                                ("smtp", "unix", "smtp"), ("virtual", "unix", "virtual"), ("error", "unix", "error"),
                                ("retry", "unix", "error"), ("proxymap", "unix", "proxymap"), ("anvil", "unix", "anvil"), ("scache", "unix", "scache")):
        unprivileged = "n" if name in ("virtual",) else "-"
        file.write(f"{name} {kind} {'n' if name in ('pickup', 'cleanup', 'qmgr') else '-'} {unprivileged} n "
                   f"{'60' if name == 'pickup' else '300' if name == 'qmgr' else '-'} "
                   f"{'1' if name in ('pickup', 'qmgr', 'anvil', 'scache') else '0' if name in ('cleanup', 'bounce', 'defer') else '-'} {command}\n")
    file.write("postlog unix-dgram n - n - 1 postlogd\n")


def sonae(*arguments, **more):
    return subprocess.run([SONAE, *arguments], env=env, check=True, capture_output=True, text=True, **more).stdout


def serve():
    server = subprocess.Popen([SONAE, "serve", town, "--listen", "127.0.0.1:0"], env=env, stdout=subprocess.PIPE, text=True)
    said = server.stdout.readline()
    assert "http://" in said
    return server, said[said.index("http://"):].split()[0]


def call(address, path, body, **headers):
    """The status that a channel's call gets."""
    request = urllib.request.Request(address + path, body.encode(), {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        return urllib.request.urlopen(request, timeout=60).status
    except urllib.error.HTTPError as refused:
        return refused.code


def submit(mail, sender="ichiro@resident.example"):
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as smtp:
        smtp.sendmail(sender, ["anpi@kushimoto.example"], raw)


def letter(text, charset, sender="ichiro@resident.example", subject="無事です", **headers):
    mail = MIMEText(text, "plain", charset)
    mail["From"], mail["To"], mail["Subject"] = sender, "anpi@kushimoto.example", subject
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    return mail


def wait_until(what, told):
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, told
        time.sleep(0.1)


def count(folder):
    return len(os.listdir(f"{maildir}/{folder}")) if os.path.isdir(f"{maildir}/{folder}") else 0


server = None
subprocess.run(["postfix", "-c", config, "start"], check=True, capture_output=True)
try:
    sonae("init", town, "--code", "304280", "--name", "串本町")
    with open(town + "/messages.toml", "w") as file:
        file.write(f"[mail]\nmaildir = '{maildir}'\naddress = 'anpi@kushimoto.example'\nsmtp = 'smtp://127.0.0.1:{port}'\n"
                   "trusted_server = 'mx.kushimoto.example'\n[line]\nchannel_secret = 'line-secret'\n[sms]\nsecret = 'sms-secret'\n")
    os.chmod(town + "/messages.toml", 0o600)
    server, address = serve()

    submit(letter("潮崎一郎です。無事です。大島小学校にいます。\n", "iso-2022-jp"))
    outside.wait_for(1)
    sender, answer = outside.mails[0]
    assert "<>" in sender, sender  # its bounce comes back to nobody
    assert answer["Auto-Submitted"] == "auto-replied" and "受け取りました" in answer["Subject"], answer["Subject"]
    assert "生年月日、電話番号" in answer.get_content() and "潮崎" not in answer.get_content()

    submit(letter("名前：浜口ツル\n生年月日：昭和6年1月15日\n電話：0735-62-0005\n", "shift_jis", "tsuru@resident.example"), "tsuru@resident.example")
    picture = EmailMessage()
    picture["From"], picture["To"], picture["Subject"] = "hana@resident.example", "anpi@kushimoto.example", "岩谷花です"
    picture.set_content("岩谷 花です。けがをしました。")
    picture.add_attachment(os.urandom(9_000_000), maintype="image", subtype="jpeg", filename="photo.jpg")
    submit(picture, "hana@resident.example")
    outside.wait_for(3)
    assert "分からない" not in outside.mails[1][1].get_content() or "分からない" not in outside.mails[2][1].get_content()
    try:
        submit(b"From: big@resident.example\r\n\r\n" + b"x" * 25_000_000, "big@resident.example")
        raise AssertionError("25 MB were taken")
    except (smtplib.SMTPException, OSError):
        pass  # the mail server says so to the sender's

    # Machines: the answer to our answer, a bounce, a list.
    submit(letter("I am away.\n", "utf-8", Auto_Submitted="auto-replied"))
    submit(letter("could not be delivered\n", "utf-8", "mailer-daemon@resident.example"), "")
    submit(letter("news\n", "utf-8", "list@resident.example", List_Id="<x>"), "list@resident.example")
    wait_until(lambda: count("new") == 0 and count("cur") == 6, "the mails of machines were taken")

    line = json.dumps({"destination": "U0", "events": [{"type": "message", "mode": "active", "webhookEventId": "01H", "message": {"type": "text", "id": "1", "text": "名前：潮崎和子"},
                                                         "source": {"type": "user", "userId": "U1"}, "replyToken": "r"}]})
    signature = base64.b64encode(hmac.digest(b"line-secret", line.encode(), "sha256")).decode()
    assert call(address, "/hooks/line", line) == 401
    assert [call(address, "/hooks/line", line, X_Line_Signature=signature) for _ in range(2)] == [200, 200]
    sms = json.dumps({"id": "1", "from": "09000000000", "text": "名前：渡邉健太"})
    assert call(address, "/hooks/sms", sms, Authorization="Bearer wrong") == 401
    assert [call(address, "/hooks/sms", sms, Authorization="Bearer sms-secret") for _ in range(2)] == [200, 200]

    wanted = json.dumps({"asker_name": "岩谷 めぐみ", "asker_phone": "06-0000-0000", "relation": "relative", "purpose": "無事を知りたい", "name": "磯田 はるか",
                         "birth_date": "1990-02-03", "to": {"channel": "mail", "to": "meg@resident.example"}})
    assert call(address, "/api/subscription.make", wanted, Content_Type="application/json", X_Sonae="1") == 200

    # Mail goes on coming while Sonae is killed.
    for number in range(10):
        submit(letter(f"名前：試し{number}\n無事\n", "utf-8", f"r{number}@resident.example"), f"r{number}@resident.example")
        if number == 4:
            server.kill()
            server.wait()
    wait_until(lambda: count("new") >= 5, "mail waits in the mailbox")
    server, address = serve()
    outside.wait_for(13)
    wait_until(lambda: count("new") == 0, "all were taken")
    server.send_signal(signal.SIGTERM)
    assert server.wait() == 0
    server = None
    claims = json.loads(sonae("call", town, "claim.list", '{"limit":100}', "--json"))["claims"]
    names = sorted(one["claim"]["name"] for one in claims)
    assert names == sorted(["潮崎一郎", "浜口ツル", "岩谷花", "潮崎和子", "渡邉健太"] + [f"試し{n}" for n in range(10)]), names
    hana = next(one["claim"] for one in claims if one["claim"]["name"] == "岩谷花")
    assert hana["condition"] == "injured" and hana["via"] == "mail"
    with outside.change:
        assert len(outside.mails) <= 14, len(outside.mails)  # one more where it was killed between sending and noting
    answers = len(outside.mails)

    # News of somebody who was asked for leaves by the same server, once.
    sonae("call", town, "reception.receive", json.dumps({
        "shelter": "大島小学校",
        "received": {"way": "typed", "at": "2026-03-11T18:00:00+09:00", "form_number": "", "room": "", "consent": [{"to": "anyone", "allowed": True}], "said_by": "本人"},
        "persons": [{"entry": "aa" + "b" * 23 + "a", "fact": "cc" + "b" * 23 + "a",
                     "person": {"name": "磯田 はるか", "kana": "", "sex": "female", "birth": "1990-02-03", "address": "", "phone": "0735-62-0009", "note": "", "relation": "",
                                "needs": [], "condition": "well", "stay": "shelter", "visitor": True, "family": ""}}]}))
    server, address = serve()
    outside.wait_for(answers + 1)
    sender, told = outside.mails[answers]
    assert told["To"] == "meg@resident.example" and "お知らせ" in told["Subject"], (told["To"], told["Subject"])
    words = told.get_content()
    assert "ご無事です" in words and "The person is safe." in words and "0735" not in words, words
    server.send_signal(signal.SIGTERM)
    assert server.wait() == 0
    server = None
    listed = json.loads(sonae("call", town, "subscription.list", "{}", "--json"))["subscriptions"]
    assert [[notice["state"] for notice in one["notices"]] for one in listed] == [["sent"]], listed
    assert len(outside.mails) == answers + 1
    print(f"13 claims by mail through Postfix, {answers} answers; LINE and SMS over HTTP; one told of news")
except BaseException:
    if os.path.exists(home + "/postfix.log"):
        print(open(home + "/postfix.log").read()[-4000:])
    raise
finally:
    if server is not None:
        server.kill()
    subprocess.run(["postfix", "-c", config, "stop"], capture_output=True)
    shutil.rmtree(home, ignore_errors=True)
