#!/bin/sh
# Sees that a build can start: Swift, and the C libraries that Sluice links. Installs the libraries where it may.
# Says nothing when nothing is missing.
set -u

if ! command -v swift >/dev/null 2>&1; then
    echo "setup: there is no 'swift' on the PATH. Install Swift 6.2 or newer: https://www.swift.org/install/linux/" >&2
    exit 1
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' | head -n 1)
major=${version%%.*}
minor=${version#*.}
if [ -z "$version" ] || [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; then
    echo "setup: Swift ${version:-of an unknown version} is too old; Sluice needs 6.2 or newer:" \
        "https://www.swift.org/install/linux/" >&2
    exit 1
fi

missing=
need() { missing="$missing $1"; }
if command -v pkg-config >/dev/null 2>&1; then
    pkg-config --exists libxml-2.0 || need libxml2-dev
    pkg-config --exists sqlite3 || need libsqlite3-dev
    pkg-config --exists libcrypto || need libssl-dev
    pkg-config --exists libzip || need libzip-dev
    pkg-config --exists libtiff-4 || need libtiff-dev
    pkg-config --exists libpng || need libpng-dev
else
    # Nothing can be asked without pkg-config; apt-get leaves alone what is there.
    missing=" pkg-config libxml2-dev libsqlite3-dev libssl-dev libzip-dev libtiff-dev libpng-dev"
fi
[ -d /usr/share/zoneinfo/America ] || need tzdata
[ -z "$missing" ] && exit 0

# shellcheck disable=SC2086 # the names are words
install() {
    echo "setup: installing$missing" >&2
    "$@" apt-get update -q >&2 &&
        "$@" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2
}
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" -eq 0 ]; then
        install env && exit 0
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        install sudo -n && exit 0
    fi
fi
echo "setup: packages are missing. Run this, then make again:" >&2
echo "    sudo apt-get update && sudo apt-get install$missing" >&2
exit 1
