# postgres.sh - a PostgreSQL server of one's own, for tests; to be sourced. It has a folder and a port of its own and is gone at the end.
#
#   postgres_start FOLDER     starts it and sets postgres_port, of 127.0.0.1, and postgres_socket, a folder; fails where there is none
#   postgres_stop             stops it and takes the folder away

postgres_bin() {
    for candidate in /usr/lib/postgresql/*/bin /usr/local/pgsql/bin; do
        [ -x "$candidate/initdb" ] && found=$candidate
    done
    [ -n "${found:-}" ] && printf '%s\n' "$found"
}

# The server refuses to run as root.
postgres_as() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid="$postgres_user" --regid="$postgres_user" --clear-groups "$@"; else "$@"; fi
}

postgres_start() {
    postgres_tools=$(postgres_bin) || return 1
    postgres_user=postgres
    id postgres >/dev/null 2>&1 || postgres_user=nobody
    postgres_folder=$1
    rm -rf "$postgres_folder"
    mkdir -p "$postgres_folder"
    [ "$(id -u)" != 0 ] || chown "$postgres_user" "$postgres_folder"
    postgres_socket=$postgres_folder
    postgres_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    (
        cd "$postgres_folder" &&
            postgres_as "$postgres_tools/initdb" -D "$postgres_folder/data" -U huzhu -A trust -E UTF8 --locale=C.UTF-8 -N &&
            postgres_as "$postgres_tools/pg_ctl" -D "$postgres_folder/data" -w -t 60 -l "$postgres_folder/log" \
                -o "-c listen_addresses=127.0.0.1 -c unix_socket_directories='$postgres_socket' -p $postgres_port -c max_connections=50" start
    ) >"$postgres_folder/start.log" 2>&1
}

postgres_stop() {
    [ -n "${postgres_folder:-}" ] || return 0
    (cd / && postgres_as "$postgres_tools/pg_ctl" -D "$postgres_folder/data" -m immediate stop) >/dev/null 2>&1
    rm -rf "$postgres_folder"
    postgres_folder=
}
