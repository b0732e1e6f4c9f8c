/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TYPE_TILL_WINDOW (till_window_get_type())
G_DECLARE_FINAL_TYPE(TillWindow, till_window, TILL, WINDOW, AdwApplicationWindow)

/* A till: selling, the orders, the settings. @session is open, and outlives the window. */
TillWindow *till_window_new(AdwApplication *application, Session *session);

G_END_DECLS
