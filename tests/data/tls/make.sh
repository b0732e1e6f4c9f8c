#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Makes the certificates of this folder anew. They are for tests on loopback and protect nothing.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

: > "$work/index.txt"
cat > "$work/ca.conf" <<CONF
[ca]
default_ca = test
[test]
database = $work/index.txt
new_certs_dir = $work
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
rand_serial = yes
[any]
commonName = supplied
CONF

make_key() {
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null ||
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null
}

# name, subject alternative names, first and last day
make_certificate() {
  make_key "$1.key.pem"
  openssl req -new -key "$1.key.pem" -subj "/CN=$1" -addext "subjectAltName=$2" -out "$work/$1.csr"
  openssl ca -batch -notext -config "$work/ca.conf" -cert ca.pem -keyfile "$work/ca.key" \
    -startdate "$3" -enddate "$4" -in "$work/$1.csr" -out "$1.pem" 2>/dev/null
}

# name, key, extension, certificate
sign_itself() {
  openssl req -new -key "$2" -subj "/CN=$1" -addext "$3" -out "$work/self.csr"
  openssl ca -batch -notext -config "$work/ca.conf" -selfsign -keyfile "$2" \
    -startdate 20200101000000Z -enddate 21200101000000Z -in "$work/self.csr" -out "$4" 2>/dev/null
}

ours='DNS:localhost,DNS:shop.test,IP:127.0.0.1,IP:::1'

make_key "$work/ca.key"
sign_itself 'test authority' "$work/ca.key" 'basicConstraints=critical,CA:TRUE' ca.pem
make_certificate good "$ours" 20200101000000Z 21200101000000Z
make_certificate other-name 'DNS:elsewhere.test' 20200101000000Z 21200101000000Z
make_certificate expired "$ours" 20200101000000Z 20200201000000Z
make_certificate not-yet "$ours" 21000101000000Z 21200101000000Z

make_key stranger.key.pem
sign_itself stranger stranger.key.pem "subjectAltName=$ours" stranger.pem
