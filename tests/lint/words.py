#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls and words that have no place in a guest of somebody's process."""

import re

import lint

CALL = r"\b(?:%s)\s*\("

UNSAFE = ["sprintf", "vsprintf", "strcpy", "strncpy", "strcat", "strncat", "strtok", "gets", "atoi", "atol",
          "atof", "strerror", "strtod", "strtof", "scanf", "sscanf", "alloca", "tmpnam", "mktemp"]
GUEST = ["setlocale", "setenv", "unsetenv", "putenv", "g_setenv", "g_unsetenv", "abort", "exit", "_exit",
         "g_error", "g_abort", "signal", "sigaction", "umask", "chdir", "g_log_set_default_handler",
         "g_log_set_handler", "g_log_set_writer_func", "curl_global_cleanup", "g_print", "g_printerr",
         "printf", "g_set_prgname", "g_set_application_name"]
BLOCKING = ["sleep", "usleep", "nanosleep", "g_usleep", "g_task_run_in_thread", "g_task_run_in_thread_sync",
            "g_main_loop_run", "g_main_context_iteration", "g_spawn_sync", r"\w+_call_sync",
            r"g_file_load_contents", "system", "popen"]
BY_NUMBER = [r"g_timeout_add\w*", r"g_idle_add\w*", r"g_io_add_watch\w*", r"g_unix_fd_add\w*",
             r"g_unix_signal_add\w*", r"g_child_watch_add\w*", r"g_source_remove(?:_by_\w+)?", "g_clear_handle_id",
             "g_bus_own_name", "g_bus_watch_name"]
OUTSIDE = ["fopen", "open", "read", "write", "getenv", "g_getenv", "secure_getenv", r"g_file_\w+", r"g_key_file_load\w*",
           r"g_settings_\w+", r"json_load_file\w*", r"json_dump_file\w*", "time", "gettimeofday", "clock_gettime",
           "g_get_real_time", "g_get_monotonic_time", r"g_date_time_new_now\w*", "g_get_host_name", "g_get_user_name"]
CLOCK = ["time", "gettimeofday", "clock_gettime", "g_get_real_time", "g_get_monotonic_time", r"g_date_time_new_now\w*",
         r"g_random_\w+", "rand", "random", "getrandom", "g_uuid_string_random"]
SQL = re.compile(r'"\s*(SELECT\s.*\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA)\b', re.I)

# The one place each where the rule's matter lives.
CLOCK_HOMES = ("plugin/engine/clock",)
LOOP_HOMES = ("plugin/channel/bridge",)


def banned(words, why, homes=("-",)):
    pattern = CALL % "|".join(words)

    def rule(source):
        if source.path.startswith(homes):
            return
        for line, word in lint.code_words(source, pattern):
            yield line, "%s): %s" % (word, why)

    return rule


def leaps(source):
    for line, _ in lint.code_words(source, r"\bgoto\b"):
        yield line, "goto"


def sql(source):
    if source.path.startswith("plugin/store/"):
        return
    for number, text in enumerate(source.lines, 1):
        if SQL.search(text):
            yield number, "SQL is written in store/"


def json_types(source):
    for line, word in lint.code_words(source, r"\bjson_(t|int_t|error_t)\b"):
        yield line, word + " is a type of api/ and report/"


def numberless(source):
    """In any text: a promise needs an issue to be kept in."""
    for number, text in enumerate(source.lines, 1):
        if re.search(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b(?!\s*\(?#\d+)", text):
            yield number, text.strip()


def in_layers(files, *layers):
    return [s for s in files if s.path.startswith(tuple("plugin/%s/" % layer for layer in layers))]


tap = lint.Tap()
everything = list(lint.sources("plugin", "include", "ui"))
guest = [s for s in everything if not s.path.startswith("plugin/hosts/")]
tap.rule("no_unsafe_call", banned(UNSAFE, "unsafe or dependent on the locale"), everything)
tap.rule("no_call_on_the_host_process", banned(GUEST, "we are a guest"), guest)
tap.rule("nothing_waits", banned(BLOCKING, "blocks or nests a loop", LOOP_HOMES), guest)
tap.rule("sources_are_destroyed_by_pointer", banned(BY_NUMBER, "acts on the host's context"),
         in_layers(guest, "engine", "net", "store", "report", "model", "api"))
tap.rule("values_do_no_io", banned(OUTSIDE, "no I/O, no clock, no environment here"),
         in_layers(guest, "model", "api"))
tap.rule("time_and_chance_are_arguments", banned(CLOCK, "see engine/clock.h", CLOCK_HOMES),
         in_layers(guest, "model", "api", "store", "report", "engine"))
tap.rule("sql_stays_in_the_store", sql, guest)
tap.rule("json_stays_in_its_layers", json_types, in_layers(guest, "model", "store", "engine", "net", "channel"))
tap.rule("no_goto", leaps, everything)
tap.rule("what_is_to_do_has_an_issue", numberless,
         [lint.read(n) for n in lint.list_files() if n.endswith((".c", ".h", ".py", ".md", ".build", ".sh"))],
         [("plugin/model/later.c", "/* TO" + "DO: round here */\n")])
tap.done()
