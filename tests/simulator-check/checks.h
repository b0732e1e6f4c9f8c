/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

int check_api(void);
int check_faults(void);
int check_holds(void);
int check_money(void);
int check_orders(void);
int check_shops(void);
int check_till(void);
int check_webhooks(void);
int check_writes(void);
