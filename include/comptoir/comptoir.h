/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Comptoir: the contract between a GLib host that sells (a till, an ERP) and a sales channel.
 *
 * The whole of it, on one page:
 *
 *  1. Everything is called in the main context that was the thread default when the host called
 *     comptoir_channel_open_async(). No virtual function may block; a host answers a
 *     ComptoirRequest when it can, once, from any thread.
 *  2. comptoir_channel_submit_sale_async() answers when the sale is on disk, never when it is on
 *     the network. A sale that was answered is delivered, once, whatever happens to the process.
 *  3. comptoir_channel_submit_sale_async(), list_sales and sale_progressed carry the same sale id.
 *     A known sale id, or a known "key" in apply_articles or record_sales, is a success with the id
 *     that exists already: every call may be repeated.
 *  4. Rows are a{sv} with the keys of comptoir-rows.h. Unknown keys are ignored, ids are opaque
 *     strings, money is a decimal string plus a currency, times are ISO 8601 UTC.
 *  5. Answers are per row: partial failure is normal and loses nothing.
 *  6. sale_progressed may repeat, and may skip steps.
 *  7. Lists are paged by "since", "cursor" and "limit"; the channel lowers "limit" until a page
 *     costs the host no more than 4 ms.
 *  8. A virtual function that a host leaves out means "this host has not got it" and switches off
 *     just what needs it.
 *  9. Versions are checked both ways in open; nothing else is touched when they do not fit.
 * 10. Texts for people follow the locale of the process.
 */
#pragma once

#include <comptoir/comptoir-channel.h>
#include <comptoir/comptoir-error.h>
#include <comptoir/comptoir-host.h>
#include <comptoir/comptoir-registry.h>
#include <comptoir/comptoir-request.h>
#include <comptoir/comptoir-row.h>
#include <comptoir/comptoir-rows.h>
#include <comptoir/comptoir-version.h>
