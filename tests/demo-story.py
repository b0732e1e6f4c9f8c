#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""One day of a shop, told step by step: the reference host on one side, the simulator on the other.

Run by tests/demo, which sets the environment. Each number of the last line was measured: at the simulator's
control port, or in the report of the day close. When they do not agree the story ends with status 1.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import story_window
from story import (Host, Story, StoryError, Till, bring_articles, calibrate, choose_store, close_day, connect, cook,
                   count_sent, keep_books, measure, need, repeat_until)

SALES = 25
SEED = 7


def sell(story, host, till):
    story.step("Sell %d times." % SALES)
    sales = host.ask("sell", "--random", str(SALES), "--seed", str(SEED), "--linked")["rows"]
    need(len(sales) == SALES, "%d sales were taken" % len(sales))
    with host.stay_open():
        repeat_until(lambda: len(till.orders()) >= SALES, "the orders on the till")
    story.tell("%d sales sent, %d orders on the till" % (count_sent(host), len(till.orders())))


def tell_day(story, host, till):
    connect(story, host, till)
    choose_store(story, host, till)
    calibrate(story, host)
    bring_articles(story, host, till)
    sell(story, host, till)
    cook(story, host, till)
    keep_books(story, host, till)
    return measure(host, till, SALES, close_day(story, host, till))


def tell_kept(folder, till):
    print("kept: %s (the host's profile in host, every command and answer in log.txt)" % folder)
    if till is None:
        return
    print("the simulator goes on at %s, its control port at %s; to end it: kill %d" % (
        till.api, till.control, till.process.pid))
    print("the host: tests/env comptoir-host --state %s status" % (folder / "host"))


def parse_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--gui", action="store_true")
    parser.add_argument("--screenshot", type=Path)
    return parser.parse_args()


def main():
    options = parse_options()
    folder = Path(tempfile.mkdtemp(prefix="shopcaisse-demo-"))
    os.environ["XDG_DATA_HOME"] = str(folder / "data")  # whose store it is, is nobody's affair after the demo
    till, status = None, 1
    with open(folder / "log.txt", "w", encoding="utf-8") as log:
        try:
            till = Till(options.build / "tests" / "simulator" / "shopcaisse-simulator", log, options.keep)
            host = Host(folder / "host", log)
            if options.gui or options.screenshot is not None:
                day = story_window.tell(Story(), host, till, options)
            else:
                day = tell_day(Story(), host, till)
            end, status = str(day), 0 if day.is_right() else 1
        except (StoryError, AssertionError, OSError, KeyError, IndexError, ValueError,
                subprocess.SubprocessError) as error:
            end = "demo failed: %s: %s" % (type(error).__name__, error)
        finally:
            if till is not None and not options.keep:
                till.stop()
    if options.keep:
        tell_kept(folder, till)
    elif status != 0:
        tell_kept(folder, None)
    else:
        shutil.rmtree(folder)
    print(end)
    return status


sys.exit(main())
