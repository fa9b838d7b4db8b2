#!/usr/bin/env python3
"""`sonae erase` as an administrator uses it: shown first, refused without rule and reason, then gone from the town, from
what it says, and from what an older backup brings back.

usage: erase.py SONAE      (SONAE: the program)
"""
import base64
import glob
import json
import os
import sys
import tempfile

from machine import Machine, must, words_of

SONAE = sys.argv[1]
RULE = ["--rule", "避難者名簿の保存期限", "--because", "本人の申し出"]


def people_of(machine):
    """Who stands on the lists, by what `sonae erase` calls them."""
    rows = [json.loads(line) for line in machine.run("dump", machine.town).stdout.splitlines()]
    return {"entry:" + base64.b32encode(bytes.fromhex(row["entry"]["hex"])).decode().lower().rstrip("="): row["content"]
            for table, row in rows if table == "reception_entry"}


def files_with(place, text):
    found = []
    for path in glob.glob(f"{place}/**/*", recursive=True):
        if os.path.isfile(path):
            with open(path, "rb") as file:
                if text.encode() in file.read():
                    found.append(path)
    return found


def main(root):
    hall, disk, sheets = Machine(SONAE, root, "hall"), os.path.join(root, "disk"), os.path.join(root, "sheets")
    os.mkdir(disk)
    hall.run("init", hall.town, "--code", "304280", "--name", "串本町")
    hall.run("recovery", "make", hall.town, "--shares", "3", "--need", "2", "--out", sheets)
    hall.import_list("第一小", 3)
    hall.run("backup", hall.town, "--to", disk)
    before = people_of(hall)
    subject = next(entry for entry, row in before.items() if "第一小1号" in row)
    os.remove(hall.town + ".csv")

    # Without --yes nothing happens; with it, rule and reason are asked for.
    shown = hall.run("erase", hall.town, subject, "--lang", "en")
    must("Nothing was erased yet" in shown.stdout, f"only shown: {shown.stdout}")
    preview = hall.json("erase", hall.town, subject)
    must(preview == hall.json("erase", hall.town, subject), "and shown again")
    hall.run("erase", hall.town, subject, "--yes", code=2)
    hall.run("erase", hall.town, "entry:nobody", *RULE, "--yes", code=1)
    must(people_of(hall) == before, "nothing was erased")
    must(not hall.json("erasures", hall.town)["orders"], "and nothing is told as erased")

    hall.run("erase", hall.town, subject, *RULE, "--yes")
    must("第一小1号" not in hall.run("dump", hall.town).stdout, "it is gone")
    must(people_of(hall) == {entry: row for entry, row in before.items() if entry != subject}, "and nobody else")
    orders = hall.json("erasures", hall.town)["orders"]
    must(len(orders) == 1 and orders[0]["rule"] == RULE[1] and orders[0]["because"] == RULE[3], f"told with its rule: {orders}")
    must(hall.json("verify", hall.town)["sound"], "verify is content")

    # The backup of before is not changed; what comes out of it is erased again, by the list beside it.
    hall.run("backup", hall.town, "--to", disk)
    new = Machine(SONAE, root, "new")
    report = new.json("restore", disk, new.town, "--shares", text=words_of(sheets, (1, 3)))
    must(not report["lost"] and not report["unsound"], f"restored: {report}")
    must("第一小1号" not in new.run("dump", new.town).stdout, "it does not come back")
    must(not files_with(disk, "第一小1号"), "and no target tells a name")


with tempfile.TemporaryDirectory() as root:
    main(root)
