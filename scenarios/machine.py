"""A machine with one town for the scenarios: runs the program with keys of its own."""
import json
import os
import subprocess
import sys


def must(condition, what):
    if not condition:
        sys.exit("failed: " + what)


class Machine:
    """`env`: what its programs find in their environment beside the usual."""

    def __init__(self, program, root, name, **env):
        self.program, self.town = program, os.path.join(root, name)
        self.env = dict(os.environ, SONAE_KEYS=self.town + ".keys", LC_ALL="C.UTF-8", **env)

    def run(self, *arguments, code=0, text=None):
        done = subprocess.run([self.program, *arguments], env=self.env, capture_output=True, text=True, timeout=300, input=text)
        must(code is None or done.returncode == code, f"{arguments}: {done.returncode} {done.stdout}{done.stderr}")
        return done

    def json(self, *arguments, **more):
        return json.loads(self.run(*arguments, "--json", **more).stdout)

    def serve(self):
        server = subprocess.Popen([self.program, "serve", self.town, "--listen", "127.0.0.1:0", "--lang", "en"],
                                  env=self.env, stdout=subprocess.PIPE, text=True)
        for line in server.stdout:
            if "serving on" in line:
                return server
        sys.exit("does not serve")

    def import_list(self, shelter, count):
        path = self.town + ".csv"
        with open(path, "w", encoding="utf-8") as out:
            out.write("氏名,年齢,住所\n")
            for number in range(count):
                out.write(f"架空 {shelter}{number}号,{20 + number % 60},串本{number}番地\n")
        return self.json("reception", "import", self.town, path, "--shelter", shelter)

    def restore(self, target, typed):
        """From the sheets; whole."""
        report = self.json("restore", target, self.town, "--shares", text=typed)
        must(report["heads_equal"] and not report["lost"] and not report["differing"] and not report["unsound"],
             f"whole: {report}")
        return report


def words_of(sheets, numbers):
    """What officers type from their sheets, each as it stands on the paper."""
    words = []
    for number in numbers:
        with open(f"{sheets}/share-{number}.txt", encoding="utf-8") as sheet:
            words.append("".join(line for line in sheet if line[0] not in "#S"))
    return "\n".join(words)
