#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs our own programs under valgrind, and scripts, whose interpreter is not ours to check, as they are.
arguments=()
while [[ ${1:-} == */valgrind || ${1:-} == -* ]]; do
  arguments+=("$1")
  shift
done
case ${1:-} in
  */python3* | */bash) exec "$@" ;;
  *) exec "${arguments[@]}" "$@" ;;
esac
