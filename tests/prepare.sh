# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# Sourced by tests/run and tests/demo: packages, the build, and how a stage is told.

tests_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_dir=$(dirname "$tests_dir")

list_packages() {
  sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "$tests_dir/packages"
}

is_debian_12() {
  [ -r /etc/os-release ] && (
    . /etc/os-release
    [ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ]
  )
}

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

tell_other_system() {
  {
    echo "This is not Debian 12. Install what matches these packages, then run again with --no-install:"
    list_packages | tr '\n' ' ' | fold -s -w 96 | sed 's/^/  /'
    echo
  } >&2
}

# Calls apt only when something is missing.
install_packages() {
  if ! is_debian_12; then
    tell_other_system
    return 1
  fi
  local package missing=() as_root=()
  while read -r package; do
    is_installed "$package" || missing+=("$package")
  done < <(list_packages)
  if [ ${#missing[@]} -eq 0 ]; then
    return 0
  fi
  echo "installing: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "These packages are missing and there is no sudo: ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
  "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${missing[@]}"
}

# A build from nothing reads the toolkits' headers once a library, and writes for debuggers what traces need.
fast_build=(-Db_pch=true -Dc_args=-g1)

# build_in DIR [OPTION...]: configures once, compiles always.
build_in() {
  local dir=$1
  shift
  if [ ! -f "$dir/build.ninja" ]; then
    meson setup "$dir" "$source_dir" "${fast_build[@]}" "$@" || return 1
  elif [ $# -gt 0 ]; then
    meson configure "$dir" "$@" || return 1
  fi
  meson compile -C "$dir"
}

# stage NAME COMMAND...: says what runs, and how long it took.
stage() {
  local name=$1 began=$SECONDS status=0
  shift
  printf '\n== %s\n' "$name"
  "$@" || status=$?
  printf '== %s: %s, %d s\n' "$name" "$([ "$status" -eq 0 ] && echo "done" || echo FAILED)" \
    $((SECONDS - began))
  return "$status"
}
