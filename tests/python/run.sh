#!/bin/sh
# run.sh - the Python package: builds its wheel, installs it into an environment of its own under build/, and tests it there:
# pytest with Hypothesis, the oracles of all plans through Python, types, the wheel's tag, and every CPython at hand. The last line is
# `N passed, N failed, N skipped`.
#
#   sh tests/python/run.sh [PYTEST ARGUMENTS]     with arguments: only pytest, with them
#
# What it needs comes from PyPI; where that cannot be reached the tests are skipped, and it says so. HUZHU_PYTHON chooses the
# interpreter, PYTHON_ORACLE_CLAIMS how many claims an oracle makes.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/build/python-tests
python=${HUZHU_PYTHON:-/usr/bin/python3}
[ -x "$python" ] || python=python3
export PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
passed=0 failed=0 skipped=0

pass() { passed=$((passed + 1)); }
fail() {
    echo "FAILED: $1"
    failed=$((failed + 1))
}
finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ $failed -eq 0 ]
    exit
}

mkdir -p "$work"
log=$work/log
environment=$work/environment
if [ ! -x "$environment/bin/python" ] && ! "$python" -m venv "$environment" >"$log" 2>&1; then
    cat "$log"
    fail "no environment: $python -m venv"
    finish
fi
bin=$environment/bin
# Versions are not pinned: the package has to work with what people install today.
if ! timeout 600 "$bin/pip" install -q -r "$here/requirements.txt" >"$log" 2>&1; then
    tail -n 5 "$log"
    echo "PyPI cannot be reached: the Python tests are skipped"
    skipped=1
    finish
fi

# The wheel, with the tools just installed. The build folder stays, so a second run compiles what has changed.
rm -rf "$work/wheel"
if ! PATH=$bin:$PATH timeout 900 "$bin/pip" wheel -q --no-deps --no-build-isolation --config-settings=build-dir="$work/build" \
    -w "$work/wheel" "$root/bindings/python" >"$log" 2>&1; then
    cat "$log"
    fail "the wheel cannot be built"
    finish
fi
wheel=$(ls "$work/wheel/"*.whl)
case $wheel in *-cp311-abi3-*) pass ;; *) fail "no cp311-abi3 wheel: $wheel" ;; esac
"$bin/pip" install -q --no-deps --force-reinstall "$wheel" >"$log" 2>&1 && pass || fail "the wheel cannot be installed"

cd "$work" || exit 1 # away from the sources: what is tested is what was installed
[ $# -gt 0 ] && exec "$bin/python" -m pytest -q -p no:cacheprovider --rootdir "$here" "$@"

# Runs pytest and takes its counts over.
counted() {
    "$bin/python" -m pytest -q -p no:cacheprovider --tb=short "$@" >"$log" 2>&1
    status=$?
    line=$(tail -n 1 "$log")
    count() { printf '%s' "$line" | sed -nE "s/.*[^0-9]?([0-9]+) $1.*/\1/p" | tail -n 1; }
    p=$(printf '%s\n' "$line" | grep -oE '[0-9]+ passed' | cut -d' ' -f1)
    f=$(printf '%s\n' "$line" | grep -oE '[0-9]+ (failed|error)' | cut -d' ' -f1 | paste -sd+ - | bc 2>/dev/null)
    s=$(printf '%s\n' "$line" | grep -oE '[0-9]+ skipped' | cut -d' ' -f1)
    passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
    [ $status -eq 0 ] || { grep -vE '^[.]+ ' "$log" | tail -n 80; [ "${f:-0}" -gt 0 ] || fail "pytest $*"; }
}
export HUZHU=${HUZHU:-$root/build/bin/huzhu} HUZHU_ROOT=$root
site=$("$bin/python" -c 'import huzhu, os; print(os.path.dirname(huzhu.__file__))')
counted --rootdir "$here" "$here"
counted --rootdir "$site" --doctest-modules "$site"

# Types: the package as it is in the wheel, what callers write, and the stub of the module against it.
rm -rf "$work/site" && "$bin/python" -m zipfile -e "$wheel" "$work/site"
types=$root/bindings/python/pyproject.toml
MYPYPATH=$work/site "$bin/mypy" --config-file "$types" "$work/site/huzhu" "$here/typed.py" >"$log" 2>&1 && pass || { cat "$log"; fail "mypy --strict"; }
"$bin/stubtest" --allowlist "$here/stubtest.allow" --mypy-config-file "$types" huzhu >"$log" 2>&1 && pass || { tail -n 40 "$log"; fail "stubtest"; }

# The oracles of all plans: `python` in the place of the program, each value as the type that Python has for it.
printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$bin/python" "$here/program.py" >"$work/program"
chmod +x "$work/program"
for oracle in "$root"/tests/oracle/*_*.py; do
    "$bin/python" "$oracle" "$work/program" "$root/rulesets/beijing" "${PYTHON_ORACLE_CLAIMS:-900}" 20210301 >"$log" 2>&1
    status=$?
    line=$(tail -n 1 "$log" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p')
    line=${line:-0 1}
    passed=$((passed + ${line% *})) failed=$((failed + ${line#* }))
    [ $status -eq 0 ] || tail -n 30 "$log"
done

"$bin/python" "$root/tests/bench/bench_python.py" 2000 >"$log" 2>&1 && pass || { cat "$log"; fail "bench_python.py"; }

# The wheel: nothing but libc, for old systems too, and one for all interpreters.
"$bin/auditwheel" show "$wheel" >"$log" 2>&1
grep -q 'manylinux_2_[0-9]*_' "$log" && pass || { cat "$log"; fail "no manylinux tag"; }
for other in "$python" "$HOME"/.pyenv/versions/*/bin/python3 /usr/local/bin/python3; do
    "$other" -c 'import sys; sys.exit(sys.version_info < (3, 11) or not hasattr(sys, "abiflags") or "t" in sys.abiflags)' >/dev/null 2>&1 || continue
    if PYTHONPATH=$work/site "$other" "$here/bare.py" >"$log" 2>&1; then pass; else
        cat "$log"
        fail "$other"
    fi
done
finish
