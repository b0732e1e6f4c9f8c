#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Sells two coffees from the shell. Usage: sell.sh STATE_FOLDER ARTICLE
# The profile in the folder has its token, store and register already: comptoir-host(1).
set -eu

host="${COMPTOIR_HOST:-comptoir-host}"

# The same id again sells nothing: a script that is started twice makes one order.
"$host" --state "$1" --json sell --id shell-1042 --line "$2=2@2.50" --payment card=5.00
"$host" --state "$1" --json run-task send-orders
"$host" --state "$1" --json orders --sale shell-1042
