/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "books.h"

#include <comptoir/comptoir.h>

void tryton_apply_articles(TrytonBooks *books, GVariant *changes, ComptoirRequest *request);
