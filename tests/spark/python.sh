#!/bin/sh
# python.sh - huzhu.spark: a plan over DataFrames of Spark, local[2], next to one machine. Some 400 MB from PyPI, and Java 17 or later. The
# last line is `N passed, N failed, N skipped`. Called by run.sh.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/build/spark-tests
python=${HUZHU_PYTHON:-/usr/bin/python3}
[ -x "$python" ] || python=python3
export PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1

skip() {
    echo "$1: the tests of Spark are skipped"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}
fail() {
    cat "$log"
    echo "FAILED: $1"
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
}

java -version >/dev/null 2>&1 || skip "there is no Java (apt-get install openjdk-17-jre-headless)"
mkdir -p "$work"
log=$work/log
bin=$work/environment/bin
[ -x "$bin/python" ] || "$python" -m venv "$work/environment" >"$log" 2>&1 || fail "no environment: $python -m venv"
timeout 900 "$bin/pip" install -q -r "$here/requirements.txt" >"$log" 2>&1 || skip "PyPI cannot be reached"
rm -rf "$work/wheel"
PATH=$bin:$PATH timeout 900 "$bin/pip" wheel -q --no-deps --no-build-isolation --config-settings=build-dir="$work/build" \
    -w "$work/wheel" "$root/bindings/python" >"$log" 2>&1 || fail "the wheel cannot be built"
"$bin/pip" install -q --no-deps --force-reinstall "$work/wheel/"*.whl >"$log" 2>&1 || fail "the wheel cannot be installed"

cd "$work" || exit 1
timeout 900 "$bin/python" -m pytest -q -p no:cacheprovider --rootdir "$here" "$here" >"$log" 2>&1
status=$?
count() { tail -n 1 "$log" | grep -oE "[0-9]+ $1" | cut -d' ' -f1; }
p=$(count passed) f=$(count failed) e=$(count error)
[ $status -eq 0 ] || tail -n 80 "$log"
[ $status -ne 0 ] && [ -z "$f$e" ] && f=1
echo "${p:-0} passed, $((${f:-0} + ${e:-0})) failed, 0 skipped"
[ $status -eq 0 ]
