# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is counted after a run: the host's books against the orders of the service, by content."""

import json
from collections import Counter, defaultdict

STEPS = {
    "K1": "before insert", "K2": "after insert", "K3": "after lease", "K4": "connected",
    "K5": "request half written", "K6": "request complete", "K7": "answer half read",
    "K8": "answer checked", "K9": "marked", "random": "at random",
}


def read_books(path):
    """Cents by sale. A line that was never written whole is no sale."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    return {fields[0]: int(fields[4]) for fields in rows if len(fields) == 5}


def get_content(order):
    """The sale that an order is about, from what was posted; never from our id."""
    raw = order["raw"]
    return (json.loads(raw) if isinstance(raw, str) else raw)["subChannelOrderDisplayId"]


def count_differing(posts):
    """Posts that reached the service with other bytes than the first post of that order."""
    first = {}
    return sum(first.setdefault(p["orderId"], p["sha256"]) != p["sha256"] for p in posts if p["orderId"])


class Figures:
    def __init__(self):
        self.sales = self.posts = self.most_posts = self.differing = 0
        self.lost = self.doubled = self.cents = self.foreign = 0
        self.seconds = 0.0
        self.kills = Counter()
        self.drained = True

    def compare(self, books, orders, posts):
        found = defaultdict(list)
        for order in orders:
            found[get_content(order)].append(order["totalMinor"])
        self.sales += len(books)
        self.lost += sum(sale not in found for sale in books)
        self.doubled += sum(len(found[sale]) - 1 for sale in books if sale in found)
        self.cents += sum(abs(total - books[sale]) for sale in books if sale in found for total in found[sale])
        self.foreign += sum(len(totals) for sale, totals in found.items() if sale not in books)
        self.posts += len(posts)
        self.most_posts = max([self.most_posts, *Counter(p["sha256"] for p in posts).values()])
        self.differing += count_differing(posts)

    def add(self, other):
        for name in ("sales", "posts", "differing", "lost", "doubled", "cents", "foreign", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.most_posts = max(self.most_posts, other.most_posts)
        self.kills += other.kills
        self.drained = self.drained and other.drained

    @property
    def is_clean(self):
        return self.drained and not any((self.lost, self.doubled, self.cents, self.foreign, self.differing))

    def tell(self):
        return "lost %d, doubled %d, cents %d, foreign %d" % (self.lost, self.doubled, self.cents, self.foreign)

    def tell_work(self):
        kills = ", ".join("%s %d" % (step, self.kills[step]) for step in STEPS if self.kills[step])
        return "S %d, K %d (%s), P %d, A %d, differing %d%s, %.0f s" % (
            self.sales, sum(self.kills.values()), kills, self.posts, self.most_posts, self.differing,
            "" if self.drained else ", NOT DRAINED", self.seconds)
