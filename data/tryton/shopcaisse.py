# SPDX-License-Identifier: LGPL-2.1-or-later
"""The Shopcaisse channel in Tryton's desktop client, 6.0 and later: a menu entry, an action on sales, a page in the
preferences. All work with data is done by ComptoirTryton.Host, in C; here is what ties it to the client.

Whatever goes wrong while this file is read becomes an ImportError: anything else would keep the client from its login.
"""

try:
    import configparser
    import ctypes
    import gettext
    import os
    import time

    import gi

    def refuse_old_soup():
        """libsoup 3 ends a process that holds libsoup 2: nothing of ours is opened there."""
        try:
            ctypes.CDLL("libsoup-2.4.so.1", mode=os.RTLD_NOLOAD | os.RTLD_LAZY)
        except OSError:
            return
        raise ImportError("libsoup 2 is in this process: Shopcaisse works in the window of comptoir-host instead")

    refuse_old_soup()
    gi.require_version("Comptoir", "1")
    gi.require_version("ComptoirTryton", "1")
    import tryton
    import tryton.gui.window.preference as preference
    from gi.repository import Comptoir, ComptoirTryton, Gio, GLib, GObject, Gtk
    from tryton import rpc
    from tryton.common import message
    from tryton.config import get_config_dir
    from tryton.gui.main import Main
except ImportError:
    raise
except Exception as error:
    raise ImportError(str(error)) from error

CHANNEL = "shopcaisse"
LOGIN_LOOK_MS = 500  # the client does not tell when somebody has logged in
RETRY_S = 30
CLOSE_S = 2.5


def _(text):
    return gettext.dgettext("shopcaisse-channel", text)


def read_settings():
    """[shopcaisse] in shopcaisse.conf beside the client's own settings; all of it may be missing."""
    settings = configparser.ConfigParser()
    settings.read(os.path.join(get_config_dir(), "shopcaisse.conf"), encoding="utf-8")
    return settings["shopcaisse"] if settings.has_section("shopcaisse") else {}


class Shop:
    """The host and its channel, from login to the end of the client."""

    def __init__(self, application):
        self.application = application
        self.host = None
        self.channel = None
        self.is_open = False
        self.places = []
        self.problem = _("Nobody has logged in yet.")
        self.look = GLib.timeout_add(LOGIN_LOOK_MS, self.look_for_login)

    def look_for_login(self):
        if rpc.CONNECTION is None or not rpc.CONTEXT.get("company"):
            return GLib.SOURCE_CONTINUE
        self.look = 0
        self.start()
        return GLib.SOURCE_REMOVE

    def start(self):
        settings = read_settings()
        connection = rpc.CONNECTION
        url = settings.get("url", connection.url)
        self.host = GObject.new(
            ComptoirTryton.Host, url=url if url.endswith("/") else url + "/",
            program="Tryton %s" % tryton.__version__, interval=int(settings.get("interval", "30")))
        if settings.get("state_dir"):
            self.host.props.state_dir = settings.get("state_dir")
        if settings.get("authority"):
            self.host.props.authority = settings.get("authority")
        self.host.props.allow_http = settings.get("allow_http", "no") == "yes"
        self.host.connect("noticed", self.show_notice)
        self.host.set_session(connection.session)
        self.problem = _("Connecting to Tryton.")
        self.host.start_async(None, self.started)

    def started(self, host, result):
        try:
            host.start_finish(result)
        except GLib.Error as error:
            self.fail(error)
            self.look = GLib.timeout_add_seconds(RETRY_S, self.look_for_login)
            return
        try:
            self.channel = Comptoir.channel_new(CHANNEL)
            self.channel.open_async(host, None, self.opened)
        except GLib.Error as error:
            self.fail(error)

    def opened(self, channel, result):
        try:
            channel.open_finish(result)
        except GLib.Error as error:
            self.fail(error)
            return
        self.is_open = True
        self.problem = ""
        self.notify("shopcaisse-problem", "")
        self.fill_places()

    def fail(self, error):
        self.problem = error.message
        self.notify("shopcaisse-problem", error.message)
        self.fill_places()

    def renew(self):
        """Somebody has logged in again: the old session is no longer good."""
        if self.host is not None and rpc.CONNECTION is not None:
            self.host.set_session(rpc.CONNECTION.session)

    def show_notice(self, _host, notice):
        row = notice.unpack()
        self.notify(row["id"], row.get("text", ""))

    def notify(self, name, text):
        if not text:
            self.application.withdraw_notification(name)
            return
        notification = Gio.Notification.new("Shopcaisse")
        notification.set_body(text)
        self.application.send_notification(name, notification)

    def send(self, data):
        """The action on sales: each that is chosen."""
        if not self.is_open:
            message(self.problem)
            return
        if not data["ids"]:
            message(_("Choose a sale first."))
        for sale in data["ids"]:
            self.host.send_sale_async(self.channel, sale, None, self.sent)

    def sent(self, host, result):
        try:
            answer = host.send_sale_finish(result).unpack()
        except GLib.Error as error:
            message(error.message)
            return
        # Translators: a sale was handed over; the other text says why it waits, if it does.
        message(answer.get("message") or _("Shopcaisse has the sale; it is sent once, also after a restart."))

    def close(self):
        if self.look:
            GLib.source_remove(self.look)
        if self.host is None:
            return
        if self.is_open:
            self.is_open = False
            closed = []
            self.host.emit_closing()
            self.channel.close_async(lambda channel, result: closed.append(result))
            end = time.monotonic() + CLOSE_S
            while not closed and time.monotonic() < end:
                GLib.MainContext.default().iteration(True)
        self.host.stop()

    def new_place(self):
        """Where the page stands. Whoever opens it before the channel is open sees it come."""
        place = Gtk.Box()
        place.connect("destroy", self.forget_place)
        self.places.append(place)
        self.fill(place)
        return place

    def forget_place(self, place):
        if place in self.places:
            self.places.remove(place)

    def fill_places(self):
        for place in self.places:
            self.fill(place)

    def fill(self, place):
        for former in place.get_children():
            former.destroy()
        page = self.new_page()
        page.show()
        place.pack_start(page, True, True, 0)

    def new_page(self):
        """The channel's own widget, for the GTK that is here; or a word why there is none."""
        if not self.is_open:
            return new_label(self.problem)
        try:
            kind = Comptoir.find_settings_page(CHANNEL)
        except GLib.Error:
            return new_label(_("The settings page of Shopcaisse is not installed on this computer."))
        return GObject.new(kind, channel=self.channel)


def new_label(text):
    return Gtk.Label(label=text, wrap=True, margin=24)


def extend_preferences(shop):
    build = preference.Preference.__init__

    def build_with_page(self, *arguments):
        build(self, *arguments)
        if not self.win:
            return
        box, own = self.win.vbox, self.screen.widget
        book = Gtk.Notebook()
        box.remove(own)
        book.append_page(own, Gtk.Label(label="Tryton"))
        book.append_page(shop.new_place(), Gtk.Label(label="Shopcaisse"))
        book.show_all()
        box.pack_start(book, True, True, 0)
        if shop.wants_page:
            book.set_current_page(1)
        shop.wants_page = False

    shop.wants_page = False
    preference.Preference.__init__ = build_with_page


def extend_menu(shop, application):
    """The client builds its menu again when the language changes, so the builder is what is extended."""
    build = Main._get_primary_menu

    def build_with_entry(self):
        menu = build(self)
        section = Gio.Menu.new()
        section.append("Shopcaisse…", "app.shopcaisse")
        menu.append_section(_("Sales channels"), section)
        return menu

    def show_page(*_arguments):
        shop.wants_page = True
        application.preferences()

    action = Gio.SimpleAction.new("shopcaisse", None)
    action.connect("activate", show_page)
    application.add_action(action)
    Main._get_primary_menu = build_with_entry
    application.primary_menu.set_menu_model(application._get_primary_menu())


def extend_login(shop):
    log_in = rpc.login

    def log_in_and_tell(parameters):
        log_in(parameters)
        shop.renew()

    rpc.login = log_in_and_tell


def install():
    application = Main()
    shop = Shop(application)
    extend_preferences(shop)
    extend_menu(shop, application)
    extend_login(shop)
    application.connect("shutdown", lambda *_arguments: shop.close())
    return shop


try:
    SHOP = install()
except Exception as error:
    raise ImportError(str(error)) from error


def get_plugins(model):
    """What Tryton asks of each plugin: actions on the records of a model."""
    if model == "sale.sale":
        return [(_("Send to Shopcaisse"), SHOP.send)]
    return []
