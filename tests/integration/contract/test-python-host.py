#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A host written in Python through the typelib: whatever it does, the channel gets one answer."""
import threading
import unittest

import gi
gi.require_version("Comptoir", "1")
from gi.repository import Comptoir, Gio, GLib, GObject

WATCHDOG_S = 90
PAGES = ("list_articles", "list_sales", "list_customers", "list_payment_methods", "list_taxes",
         "list_shipments", "list_sale_statuses")
CHANGES = ("apply_articles", "record_sales")


def get_api_version(self):
    return Comptoir.API_VERSION


def new_host(**methods):
    """Makes a host of its own class. PyGObject writes into the table of the class that names
    Comptoir.Host among its bases, so a merely derived class would change its parent's hosts."""
    least = {
        "do_get_api_version": get_api_version,
        "do_dup_name": lambda self: "Till",
        "do_dup_instance_id": lambda self: "database-1",
    }
    bases = (GObject.Object, Comptoir.Host)
    return type("Host", bases, {**least, **methods})()


def new_asked(behave):
    """Makes a host that gives what list_articles is asked to a function of the test."""
    return new_host(do_list_articles=lambda self, query, request: behave(query, request))


def new_answer(slot):
    def answer(self, argument, request):
        row = GLib.Variant("a{sv}", {"slot": GLib.Variant("s", slot)})
        request.answer(Comptoir.page_new(Comptoir.rows_new([row]), None))
    return answer


def new_full(progress=None, secrets=None):
    """Makes a host that has got everything."""
    def lookup_secret(self, name, request):
        found = {"secret": GLib.Variant("s", secrets[name])} if name in secrets else {}
        request.answer(GLib.Variant("a{sv}", found))

    def store_secret(self, name, secret, request):
        secrets[name] = secret
        request.answer(GLib.Variant("a{sv}", {}))

    return new_host(
        do_dup_location=lambda self: "Liège",
        do_dup_state_dir=lambda self: "/var/lib/till",
        do_dup_document_locale=lambda self: "fr_BE",
        do_lookup_secret=lookup_secret,
        do_store_secret=store_secret,
        do_sale_progressed=lambda self, row: progress.append(row.unpack()),
        **{f"do_{slot}": new_answer(slot) for slot in PAGES + CHANGES})


class Case(unittest.TestCase):
    def setUp(self):
        self.context = GLib.MainContext.new()
        self.context.push_thread_default()
        self.addCleanup(self.context.pop_thread_default)
        self.expired = False
        watchdog = GLib.timeout_source_new_seconds(WATCHDOG_S)
        watchdog.set_callback(lambda _: setattr(self, "expired", True))
        watchdog.attach(self.context)
        self.addCleanup(watchdog.destroy)
        self.channel = Comptoir.channel_new("echo")

    def wait(self, start):
        """Calls start(callback) and runs the loop until the callback has come."""
        results = []
        start(lambda channel, result, *_: results.append(result))
        self.assertEqual(results, [])
        while not results and not self.expired:
            self.context.iteration(True)
        self.assertFalse(self.expired)
        return results[0]

    def open(self, host):
        self.channel.open_finish(
            self.wait(lambda done: self.channel.open_async(host, None, done)))

    def run_task(self, task, **options):
        packed = GLib.Variant("a{sv}", options)
        return self.channel.run_finish(
            self.wait(lambda done: self.channel.run_async(task, packed, None, done))).unpack()

    def ask(self, question, argument=None, timeout_ms=20000):
        if argument is None:
            argument = GLib.Variant("a{sv}", {})
        return self.run_task("ask", question=GLib.Variant("s", question), argument=argument,
                             timeout_ms=GLib.Variant("u", timeout_ms))

    def ask_secret(self, **words):
        return self.run_task("ask", question=GLib.Variant("s", "secret"),
                             **{key: GLib.Variant("s", value) for key, value in words.items()})

    def assert_fails(self, code, message, call, *arguments, **options):
        with self.assertRaises(GLib.Error) as caught:
            call(*arguments, **options)
        self.assertTrue(caught.exception.matches(Comptoir.error_quark(), code), caught.exception)
        if message is not None:
            self.assertEqual(caught.exception.message, message)


class Answers(Case):
    """Every function, and every way of answering."""

    def test_every_question_reaches_its_own_method(self):
        self.open(new_full(secrets={}))
        for slot in PAGES:
            self.assertEqual(self.ask(slot), {"rows": [{"slot": slot}]})
        for slot in CHANGES:
            rows = GLib.Variant("aa{sv}", [{"key": GLib.Variant("s", "k")}])
            self.assertEqual(self.ask(slot, rows), {"rows": [{"slot": slot}]})

    def test_texts_and_features_are_read(self):
        self.open(new_full(secrets={}))
        self.assertEqual(self.run_task("describe-host"), {
            "name": "Till", "instance_id": "database-1", "location": "Liège",
            "state_dir": "/var/lib/till", "document_locale": "fr_BE", "features": 1023})

    def test_methods_left_out_are_features_not_there(self):
        self.open(new_host())
        self.assertEqual(self.run_task("describe-host"),
                         {"name": "Till", "instance_id": "database-1", "features": 0})

    def test_method_left_out_is_not_supported(self):
        self.open(new_host())
        for slot in PAGES:
            self.assert_fails(Comptoir.Error.NOT_SUPPORTED, f"this host has not got {slot}",
                              self.ask, slot)

    def test_secret_comes_back_as_it_was_stored(self):
        self.open(new_full(secrets={}))
        self.assertEqual(self.ask_secret(name="token"), {})
        self.ask_secret(name="token", secret="s3cret")
        self.assertEqual(self.ask_secret(name="token"), {"secret": "s3cret"})

    def test_answer_may_come_later(self):
        def later(query, request):
            source = GLib.idle_source_new()
            source.set_callback(lambda _: request.answer(GLib.Variant("a{sv}", {})))
            source.attach(self.context)
        self.open(new_asked(later))
        self.assertEqual(self.ask("list_articles"), {})

    def test_answer_may_come_from_another_thread(self):
        threads = []

        def elsewhere(query, request):
            threads.append(threading.Thread(
                target=lambda: request.answer(GLib.Variant("a{sv}", {}))))
            threads[0].start()
        self.open(new_asked(elsewhere))
        self.assertEqual(self.ask("list_articles"), {})
        threads[0].join()

    def test_second_answer_is_ignored(self):
        def twice(query, request):
            request.answer(GLib.Variant("a{sv}", {"n": GLib.Variant("u", 1)}))
            request.answer(GLib.Variant("a{sv}", {"n": GLib.Variant("u", 2)}))
            request.fail(Comptoir.Error.BUSY, "late")
        self.open(new_asked(twice))
        self.assertEqual(self.ask("list_articles"), {"n": 1})

    def test_failure_keeps_code_and_message(self):
        self.open(new_asked(lambda query, request: request.fail(Comptoir.Error.BUSY, "stocktaking")))
        self.assert_fails(Comptoir.Error.BUSY, "stocktaking", self.ask, "list_articles")

    def test_answer_of_the_wrong_type_is_a_protocol_error(self):
        self.open(new_asked(lambda query, request: request.answer(GLib.Variant("as", []))))
        self.assert_fails(Comptoir.Error.PROTOCOL, None, self.ask, "list_articles")

    def test_none_is_a_protocol_error(self):
        self.open(new_asked(lambda query, request: request.answer(None)))
        self.assert_fails(Comptoir.Error.PROTOCOL, None, self.ask, "list_articles")

    def test_dropped_request_is_answered_for_at_once(self):
        self.open(new_asked(lambda query, request: None))
        self.assert_fails(Comptoir.Error.UNREACHABLE, "the host dropped the request",
                          self.ask, "list_articles")

    def test_kept_request_is_answered_for_at_its_deadline(self):
        kept = []
        self.open(new_asked(lambda query, request: kept.append(request)))
        self.assert_fails(Comptoir.Error.UNREACHABLE, "the host did not answer within 1 ms",
                          self.ask, "list_articles", timeout_ms=1)
        self.assertTrue(kept[0].is_answered())

    def test_answer_after_the_deadline_is_ignored(self):
        kept = []
        self.open(new_asked(lambda query, request: kept.append(request)))
        self.assert_fails(Comptoir.Error.UNREACHABLE, None, self.ask, "list_articles", timeout_ms=1)
        kept[0].answer(GLib.Variant("a{sv}", {}))
        self.assertFalse(self.context.pending())

    def test_exception_is_answered_for(self):
        def blunder(query, request):
            raise ValueError("meant to be seen in the log of this test")
        self.open(new_asked(blunder))
        self.assert_fails(Comptoir.Error.UNREACHABLE, None, self.ask, "list_articles",
                          timeout_ms=100)

    def test_next_question_after_an_exception_is_answered(self):
        def blunder_once(query, request):
            if blunders:
                raise ValueError(blunders.pop())
            request.answer(GLib.Variant("a{sv}", {}))
        blunders = ["meant to be seen in the log of this test"]
        self.open(new_asked(blunder_once))
        self.assert_fails(Comptoir.Error.UNREACHABLE, None, self.ask, "list_articles",
                          timeout_ms=100)
        self.assertEqual(self.ask("list_articles"), {})


class Calls(Case):
    """What a host calls."""

    def test_sale_is_answered_and_its_progress_told(self):
        progress = []
        self.open(new_full(progress=progress))
        line = Comptoir.sale_line_new("coffee", None, "1", "2.50", None)
        payment = Comptoir.payment_new("cash", "2.50")
        sale = Comptoir.sale_new("7", "2026-03-01T11:02:00Z", "2.50",
                                 Comptoir.rows_new([line]), Comptoir.rows_new([payment]))
        answer = self.channel.submit_sale_finish(
            self.wait(lambda done: self.channel.submit_sale_async(sale, None, done)))
        self.assertEqual(answer.unpack(), {"id": "7", "state": "waiting"})
        self.assertEqual(progress, [{"id": "7", "state": "sent"}])

    def test_typed_call_packs_its_argument(self):
        self.open(new_host())
        answer = self.channel.cancel_sale_finish(
            self.wait(lambda done: self.channel.cancel_sale_async("7", None, done)))
        self.assertEqual(answer.unpack(), {"operation": "cancel-sale", "argument": {"id": "7"}})

    def test_missing_argument_is_invalid(self):
        self.open(new_host())
        result = self.wait(lambda done: self.channel.submit_sale_async(None, None, done))
        self.assert_fails(Comptoir.Error.INVALID, None, self.channel.submit_sale_finish, result)

    def test_host_of_another_version_is_refused(self):
        host = new_host(do_get_api_version=lambda self: Comptoir.API_VERSION + 1)
        self.assert_fails(Comptoir.Error.VERSION, None, self.open, host)

    def test_host_without_an_instance_id_is_refused(self):
        class Nameless(GObject.Object, Comptoir.Host):
            def do_get_api_version(self):
                return Comptoir.API_VERSION

            def do_dup_name(self):
                return "Nameless"
        self.assert_fails(Comptoir.Error.INVALID, None, self.open, Nameless())

    def test_status_follows_opening_and_closing(self):
        self.assertEqual(self.channel.get_status(), Comptoir.Status.CLOSED)
        self.open(new_host())
        self.assertEqual(self.channel.props.status, Comptoir.Status.READY)
        self.assertTrue(self.channel.close_finish(self.wait(self.channel.close_async)))
        self.assertEqual(self.channel.get_status(), Comptoir.Status.CLOSED)
        self.assertIsNone(self.channel.dup_last_error())
        self.assertEqual(self.channel.get_progress(), -1)
        self.assertFalse(self.channel.is_busy())

    def test_tasks_are_actions(self):
        self.assertIsInstance(self.channel, Gio.ActionGroup)
        self.assertEqual(self.channel.list_actions(), ["sync-articles"])

    def test_list_gives_rows(self):
        rows = self.channel.list("journal", None)
        self.assertEqual(rows.get_n_items(), 1)
        self.assertEqual(rows.get_item(0).dup_text("kind"), "journal")

    def test_signals_are_emitted(self):
        heard = []
        host = new_host()
        for name in ("articles-changed", "sales-changed", "closing"):
            host.connect(name, lambda _, which: heard.append(which), name)
        host.emit_articles_changed()
        host.emit_sales_changed()
        host.emit("closing")
        self.assertEqual(heard, ["articles-changed", "sales-changed", "closing"])

    def test_derived_host_that_names_the_interface_again_leaves_its_parent_alone(self):
        parent = new_host()
        derived = type("Derived", (type(parent), Comptoir.Host),
                       {"do_dup_location": lambda self: "Namur"})()
        self.assertIsNone(Comptoir.Host.dup_location(parent))
        self.assertEqual(Comptoir.Host.dup_location(derived), "Namur")
        self.assertEqual(Comptoir.Host.dup_name(derived), "Till")

    def test_host_is_released_when_the_channel_is_closed(self):
        released = []
        host = new_host()
        host.weak_ref(lambda: released.append(True))
        self.open(host)
        del host
        self.assertEqual(released, [])
        self.channel.close_finish(self.wait(self.channel.close_async))
        self.assertEqual(released, [True])


unittest.main(verbosity=2)
