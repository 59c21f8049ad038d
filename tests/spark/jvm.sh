#!/bin/sh
# jvm.sh - examples/java/spark: a plan as a function of Spark's SQL and Datasets and counters carried over them, local[2], next to the command
# line. Some 300 MB from Maven Central. The last line is `N passed, N failed, N skipped`. Called by run.sh.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
example=$root/examples/java/spark
work=$root/build/spark-tests
log=$work/jvm.log
mkdir -p "$work"

end() {
    [ -z "$1" ] || echo "$1"
    echo "$2 passed, $3 failed, $4 skipped"
    [ "$3" -eq 0 ]
    exit
}

command -v javac >/dev/null && command -v mvn >/dev/null || end "no JDK, or no Maven (Debian: openjdk-17-jdk-headless, maven): Spark on the JVM is not tested" 0 0 1
cd "$root" || exit 1
{ cmake --preset release && cmake --build --preset release --target huzhu_cli; } >"$log" 2>&1 || {
    cat "$log"
    end "FAILED: the command line cannot be built" 0 1 0
}
maven() { timeout 1500 mvn -q -B -ntp -f "$root/examples/java/pom.xml" -P spark -pl :spark -am "$@" >"$log" 2>&1; }
if ! maven -DskipTests package; then
    tail -n 40 "$log"
    grep -qE 'Could not transfer|Unknown host|Could not find artifact|offline mode|No matching distribution|Connection (refused|timed out)' "$log" &&
        end "Maven Central or PyPI cannot be reached: Spark on the JVM is not tested" 0 0 1
    end "FAILED: examples/java/spark cannot be built" 0 1 0
fi

rm -rf "$example/target/surefire-reports"
maven test -Dtest=SparkTest -Dsurefire.failIfNoSpecifiedTests=false
status=$?
set -- $(cat "$example"/target/surefire-reports/*.xml 2>/dev/null | python3 -c '
import re, sys
suite = re.search("<testsuite .*?>", sys.stdin.read(), re.S)
count = {key: int(re.search(key + "=\"([0-9]+)\"", suite[0]).group(1)) if suite else 0 for key in ("tests", "failures", "errors", "skipped")}
bad = count["failures"] + count["errors"]
print(count["tests"] - bad - count["skipped"], bad, count["skipped"])')
if [ $status -ne 0 ] || [ "${1:-0}" -eq 0 ]; then
    grep -E '^\[ERROR\]|^org.opentest4j' "$log" | cut -c 1-1000 | tail -n 60
    [ "${2:-0}" -gt 0 ] || set -- "${1:-0}" 1 "${3:-0}"
fi
# The program of the README.
if said=$(sh "$example/run.sh" 2>"$log") && printf '%s\n' "$said" | grep -q 'paid *|'; then set -- $(($1 + 1)) "$2" "$3"; else
    printf '%s\n' "$said"
    tail -n 20 "$log"
    set -- "$1" $(($2 + 1)) "$3"
fi
end "" "$1" "$2" "$3"
