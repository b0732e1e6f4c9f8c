#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Kills tills while they sell, and counts what the service has of their sales. See README.md."""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from figures import STEPS, Figures, read_books
from shop import ORDERS, WAIT_S, CrashError, Service, Till, equip

MIX = {"cut_before_store": 10, "cut_after_store": 15, "status_500": 10, "html_200": 5}
# The steps that a till kills itself at, and the holds of the service during which it is killed.
OWN_STEPS = {"K1": ("sold", "submitted"), "K2": ("stored",), "K3": ("leased",), "K8": ("answered",),
             "K9": ("settled",)}
HOLDS = {"K4": "accept", "K5": "half_request", "K6": "request", "K7": "half_answer"}
LIFE_S = 0.25
SALES, KILLS = 1000, 150
SOAK_SALES, SOAK_KILLS, SOAK_ROUNDS = 10000, 1000, 10
STEP_SHARE = 0.6


class World:
    """A service, the books of one shop, and the profiles of its tills."""

    def __init__(self, program, options, seed, names=("A",)):
        self.program, self.seed, self.names = program, seed, names
        self.is_honest = program == options.till
        self.folder = Path(tempfile.mkdtemp(prefix="shopcaisse-crash-"))
        self.books = self.folder / "books"
        self.log = open(self.folder / "log.txt", "w", encoding="utf-8")
        self.service = Service(options.simulator, seed, self.log)
        self.random = random.Random(seed)
        self.figures = Figures()
        self.is_held = False
        self.tills = []

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        for till in self.tills:
            till.process.kill()
        status = self.service.stop()
        self.log.close()
        if kind is None and status == 0 and (self.figures.is_clean or not self.is_honest):
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            print("# kept: %s" % self.folder, flush=True)
        if kind is None and status != 0:
            raise CrashError("the simulator ended with status %d" % status)

    def prepare(self):
        """Connects each till while all is well; the faults begin after that."""
        for name in self.names:
            till = self.start(name)
            equip(till, self.service)
            if till.end() != 0:
                raise CrashError("the till did not close well")
        self.service.ask("/requests", method="DELETE")
        self.service.ask("/fault-mix", {"seed": self.seed, "percent": MIX})

    def start(self, name="A", kill_at=None):
        self.tills = [till for till in self.tills if till.is_alive()]
        command = [self.program, "--profile", str(self.folder / name), "--books", str(self.books), "--name", name]
        till = Till(command + (["--kill-at", kill_at] if kill_at else []), self.log)
        self.tills.append(till)
        # What a dead till left on the wire may arrive when the next one sells already.
        self.release()
        return till

    def release(self):
        if self.is_held:
            self.service.release(self.random.choice(["go", "go", "reset"]))
            self.is_held = False

    def count_sold(self):
        return len(read_books(self.books)) if self.books.exists() else 0

    def kill_itself(self, step, n_sales, name="A"):
        kill_at = "%s:%d" % (self.random.choice(OWN_STEPS[step]), self.random.randint(1, n_sales))
        till = self.start(name, kill_at)
        till.say("sell %d" % n_sales)
        till.die()
        self.figures.kills[step] += 1

    def kill_held(self, step, n_sales):
        """The service holds the order that counts, the till is killed, the order goes on or not."""
        if step == "K4":  # whatever connects: the question about the token and an order
            self.release()
            rule, n_held = self.service.arm("hold_accept", times=0), 2
            till = self.start()
        else:
            # Armed when nothing is released any more. What was disturbed is not counted, and an order whose answer
            # was cut is not posted again.
            till = self.start()
            after = self.random.randint(0, (n_sales - 1) // 2)
            rule = self.service.arm("hold_" + HOLDS[step], match={"method": "POST", "path": ORDERS}, after=after)
            n_held = 1
        till.say("sell %d" % n_sales)
        till.wait_for("step leased")
        self.service.wait_held(HOLDS[step], n_held)
        till.kill()
        self.figures.kills[step] += 1
        self.service.disarm(rule)
        self.is_held = True
        if self.random.random() < 0.5:
            self.service.release(self.random.choice(["go", "reset"]))
            self.is_held = False

    def kill_at_random(self, n_sales):
        till = self.start()
        till.say("sell %d" % n_sales)
        time.sleep(self.random.uniform(0, LIFE_S))
        till.kill()
        self.figures.kills["random"] += 1

    def kill(self, step, n_sales):
        if step in OWN_STEPS:
            self.kill_itself(step, n_sales)
        elif step in HOLDS:
            self.kill_held(step, n_sales)
        else:
            self.kill_at_random(n_sales)

    def finish(self, n_sales):
        """The last life: sells what is left, sends everything, closes well."""
        till = self.start()
        till.say("sell %d" % max(0, n_sales - self.count_sold()))
        self.drain(till)

    def drain(self, till):
        for line in till.drain():
            print("# till: " + line)
            self.figures.drained = False

    def count(self):
        self.figures.compare(read_books(self.books), self.service.list_orders(), self.service.list_posts())


def play(program, options, seed, n_sales, steps):
    """One shop: so many sales, a kill for each of the steps."""
    began = time.monotonic()
    with World(program, options, seed) as world:
        world.prepare()
        for done, step in enumerate(steps):
            left = n_sales - world.count_sold()
            world.kill(step, max(1, round(left / (len(steps) - done + 1))))
        world.finish(n_sales)
        world.count()
        world.figures.seconds = time.monotonic() - began
        return world.figures


def play_rounds(options, n_sales, steps):
    total = Figures()
    for number in range(options.rounds):
        total.add(play(options.till, options, options.seed + number, n_sales, steps))
    return total


def play_two_channels(options, n_sales, n_kills):
    """Two tills with a channel each, over the same books; each channel finds the other's sales."""
    began = time.monotonic()
    with World(options.till, options, options.seed, ("A", "B")) as world:
        world.prepare()
        for done in range(n_kills):
            tills = [world.start(name) for name in world.names]
            share = max(1, round((n_sales - world.count_sold()) / (n_kills - done + 1) / 2))
            for till in tills:
                till.say("sell %d" % share)
            time.sleep(world.random.uniform(0, LIFE_S))
            victim = world.random.choice(tills)
            victim.kill()
            world.figures.kills["random"] += 1
            for till in tills:
                if till is not victim and till.end() != 0:
                    raise CrashError("the other till did not close well")
        # The last lives: one sells the rest, the other starts when that is in the books.
        seller = world.start(world.names[0])
        seller.say("sell %d" % max(0, n_sales - world.count_sold()))
        wait_until(lambda: world.count_sold() >= n_sales)
        finder = world.start(world.names[1])
        world.drain(finder)
        world.drain(seller)
        world.count()
        world.figures.seconds = time.monotonic() - began
        return world.figures


def wait_until(look):
    end = time.monotonic() + WAIT_S
    while not look():
        if time.monotonic() > end:
            raise CrashError("waited %d s" % WAIT_S)
        time.sleep(0.02)


class Tap:
    def __init__(self):
        self.n_cases = self.n_failed = 0

    def case(self, name, judge):
        """@judge tells what it saw, line by line, and ends with whether it is right."""
        passed = False
        try:
            *lines, passed = judge()
        except (CrashError, OSError, KeyError, ValueError) as error:
            lines = ["%s: %s" % (type(error).__name__, error)]
        for line in lines:
            print("# " + line)
        self.n_cases += 1
        self.n_failed += not passed
        print("%s %d - %s" % ("ok" if passed else "not ok", self.n_cases, name), flush=True)

    def done(self):
        print("1..%d" % self.n_cases)
        return 1 if self.n_failed else 0


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("simulator", "till", "new-id", "sent-first"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--soak", action="store_true", default=os.environ.get("SHOPCAISSE_SOAK", "") == "1")
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SHOPCAISSE_CRASH_SEED", "1")))
    options = parser.parse_args()
    sales, kills = (SOAK_SALES, SOAK_KILLS) if options.soak else (SALES, KILLS)
    options.rounds = SOAK_ROUNDS if options.soak else 1
    options.sales = int(os.environ.get("SHOPCAISSE_CRASH_SALES", sales)) // (2 * options.rounds)
    options.kills = int(os.environ.get("SHOPCAISSE_CRASH_KILLS", kills)) // options.rounds
    return options


def main():
    options = parse_options()
    total, tap = Figures(), Tap()
    named = [step for step in STEPS if step != "random"]
    n_cycles = max(1, round(options.kills * STEP_SHARE / len(named)))
    at_steps = named * n_cycles
    at_random = ["random"] * max(1, options.kills - len(at_steps))
    # A till that says "sent" at once never comes to K9.
    few = (named[:-1] + ["random"]) * 2

    def survive(steps):
        figures = play_rounds(options, options.sales, steps)
        total.add(figures)
        met = all(figures.kills[step] for step in set(steps))
        return figures.tell(), figures.tell_work(), figures.is_clean and met

    def catch(name, program, sign):
        figures = play(program, options, options.seed, max(60, options.sales // 4), few)
        caught = sign(figures) > 0
        return ("sabotage %s: %s - %s" % (name, figures.tell(), "caught" if caught else "NOT CAUGHT"),
                figures.tell_work(), caught)

    def share():
        figures = play_two_channels(options, max(40, options.sales // 5), 8)
        return figures.tell(), figures.tell_work(), figures.is_clean and figures.posts >= 2 * figures.sales

    tap.case("kill_at_each_step_loses_nothing", lambda: survive(at_steps))
    tap.case("random_kills_lose_nothing", lambda: survive(at_random))
    tap.case("sabotage_new_id_is_caught", lambda: catch("new-id", options.new_id, lambda f: f.doubled))
    tap.case("sabotage_sent_first_is_caught", lambda: catch("sent-first", options.sent_first, lambda f: f.lost))
    tap.case("two_channels_make_one_order", share)
    print("# both together, seeds %d to %d:" % (options.seed, options.seed + options.rounds - 1))
    print("# " + total.tell_work())
    print("# " + (total.tell() if total.sales else "nothing was counted"))
    return tap.done()


sys.exit(main())
