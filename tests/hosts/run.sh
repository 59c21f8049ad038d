#!/bin/sh
# run.sh - the examples of other hosts, each where its toolchain is there: what they answer is what the command line answers, byte for byte.
# Last line: N passed, N failed, N skipped.
cd "$(dirname "$0")/../.." || exit 1
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
skipped=0
rules=$root/rulesets/beijing
plan=inpatient-allowance

cmake --install build --prefix "$work/usr" >"$work/log" 2>&1 || { cat "$work/log"; echo "0 passed, 1 failed"; exit 1; }
libs=$(dirname "$(find "$work/usr" -name libhuzhu.so)")
PKG_CONFIG_PATH=$(dirname "$(find "$work/usr" -name huzhu.pc)")
export PKG_CONFIG_PATH
strict="-Wall -Wextra -Wpedantic -Werror"

# Claims of a year, one that is refused, one with a rare name, one that is none.
{
    cat examples/claims/$plan.ndjson
    echo '{"id":"𠮷","member":"𠮷野","cover":"C","cover_start":"2024-01-01","cover_end":"2024-12-31","admitted":"2025-03-01","discharged":"2025-03-09","hospital_level":3,"cause":"illness"}'
    echo '{"id":"X","membr":"M"}'
    echo 'no claim'
} >"$work/claims"
build/bin/huzhu eval "$rules" --plan $plan --carry "$work/claims" >"$work/carried" 2>/dev/null
build/bin/huzhu eval "$rules" --plan $plan --fresh "$work/claims" 2>/dev/null | sed -E 's/,"line":[0-9]+//' >"$work/fresh"

# host NAME ANSWERS COMMAND…: what the command prints must be the answers.
host() {
    name=$1
    answers=$2
    shift 2
    if (set -e; "$@") <"$work/claims" >"$work/printed" 2>"$work/log" && cmp -s "$answers" "$work/printed"; then
        passed=$((passed + 1))
    else
        echo "FAILED: $name"
        head -n 20 "$work/log"
        diff "$answers" "$work/printed" | head -n 10 | cut -c1-300
        failed=$((failed + 1))
    fi
}

skip() {
    echo "skipped: $1"
    skipped=$((skipped + 1))
}

has() { command -v "$1" >/dev/null 2>&1; }

go_host() {
    (cd "$root/examples/hosts/go" && GOCACHE="$work/go" GOFLAGS=-mod=mod GO111MODULE=off go build -o "$work/settle_go" settle.go) &&
        LD_LIBRARY_PATH=$libs "$work/settle_go" "$rules" $plan
}

rust_host() {
    rustc --edition 2021 -D warnings "$root/examples/hosts/rust/settle.rs" -L "$libs" -l huzhu -o "$work/settle_rust" &&
        LD_LIBRARY_PATH=$libs "$work/settle_rust" "$rules" $plan
}

node_host() {
    NODE_PATH=$work/node/node_modules node "$root/examples/hosts/node/settle.js" "$libs/libhuzhu.so" "$rules" $plan
}

# SQL's quotes doubled.
quoted() { sed "s/'/''/g"; }

sqlite_host() {
    # shellcheck disable=SC2046,SC2086 # lists of flags
    cc -std=c11 $strict -Wno-pedantic -shared -fPIC "$root/examples/hosts/sqlite/huzhu_sqlite.c" $(pkg-config --cflags --libs huzhu) -o "$work/huzhu_sqlite.so" || return 1
    {
        echo ".load $work/huzhu_sqlite"
        echo ".output /dev/null"
        echo "select huzhu_load('$rules');"
        echo ".output stdout"
        quoted | sed "s/.*/select huzhu_decide('$plan', '&');/"
    } | LD_LIBRARY_PATH=$libs sqlite3 -bail
}

pg() { # COMMAND…: as the server's user, who is not root
    if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid=nobody --regid=nogroup --clear-groups env LD_LIBRARY_PATH="$libs" "$@"); else LD_LIBRARY_PATH=$libs "$@"; fi
}

postgresql_host() {
    # shellcheck disable=SC2046 # lists of flags
    cc -std=gnu11 -Wall -Werror -shared -fPIC -I"$headers" "$root/examples/hosts/postgresql/huzhu_pg.c" $(pkg-config --cflags --libs huzhu) -o "$work/huzhu_pg.so" || return 1
    cp -R "$rules" "$work/rules" && chmod 711 "$work" && mkdir "$work/data" || return 1
    [ "$(id -u)" != 0 ] || chown -R nobody:nogroup "$work/data"
    pg "$bin/initdb" -D "$work/data" -U huzhu -A trust -E UTF8 --locale=C -N >"$work/initdb" 2>&1 || return 1
    quoted | sed "s#.*#select huzhu_decide('$work/rules', '$plan', '&');#" >"$work/queries"
    {
        echo "create function huzhu_decide(rules text, plan text, claim text) returns text as '$work/huzhu_pg' language c strict;"
        cat "$work/queries"
    } | pg "$bin/postgres" --single -D "$work/data" postgres >"$work/single" 2>"$work/single.log"
    sed -nE 's/.*1: huzhu_decide = "(.*)"\t\(typeid.*/\1/p' "$work/single"
}

if has go; then host Go "$work/carried" go_host; else skip "Go is not there"; fi
if has rustc; then host Rust "$work/carried" rust_host; else skip "Rust is not there"; fi
if has npm && (mkdir -p "$work/node" && cd "$work/node" && timeout 120 npm install --silent --no-audit --no-fund koffi@2) >"$work/log" 2>&1; then
    host Node "$work/carried" node_host
else
    skip "Node, npm or its registry are not there"
fi
if has sqlite3 && [ -e /usr/include/sqlite3ext.h ]; then host SQLite "$work/fresh" sqlite_host; else skip "SQLite is not there (Debian: sqlite3, libsqlite3-dev)"; fi
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
headers=${HUZHU_PG_HEADERS:-$([ -z "$bin" ] || "$bin/pg_config" --includedir-server 2>/dev/null)}
if [ -n "$bin" ] && [ -e "$headers/postgres.h" ]; then
    host PostgreSQL "$work/fresh" postgresql_host
else
    skip "PostgreSQL or its headers are not there (Debian: postgresql, postgresql-server-dev-15)"
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
