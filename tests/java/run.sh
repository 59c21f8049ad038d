#!/bin/sh
# run.sh - the Java API: builds the jars with Maven and runs their JUnit tests on the JDK that javac is of, then on every other JDK of 17 and
# later in /usr/lib/jvm, then once with the address-sanitizer build of the library; the settlement of examples/java on H2 and PostgreSQL; the
# Javadoc, which must have no warnings. The last line is `N passed, N failed, N skipped`.
#
#   sh tests/java/run.sh          a growth test of a minute at most
#   sh tests/java/run.sh long     10 million evaluations: some 25 minutes more
#
# What it needs comes from Maven Central and PyPI; where there is no JDK, no Maven or no way to those, the tests are skipped, and it says so.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
java=$root/bindings/java
work=$root/build/java-tests
passed=0 failed=0 skipped=0
mkdir -p "$work"
log=$work/log
evaluations=60000 seconds=60
[ "${1:-}" = long ] && evaluations=10000000 seconds=36000

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
skip() {
    echo "skipped: $1"
    skipped=$((skipped + 1))
}

command -v javac >/dev/null && command -v mvn >/dev/null || {
    skip "no JDK, or no Maven (Debian: openjdk-17-jdk-headless, maven)"
    finish
}

# maven ARGUMENT…: quietly, the log to "$log".
maven() {
    case " $* " in *" -f "*) ;; *) set -- -f "$java/pom.xml" "$@" ;; esac
    timeout 900 mvn -q -B -ntp "$@" >"$log" 2>&1
}

# tests NAME MAVEN-ARGUMENT…: runs JUnit and takes its counts over.
tests() {
    name=$1
    shift
    rm -rf "$java"/*/target/surefire-reports "$root"/examples/java/*/target/surefire-reports
    maven "$@"
    status=$?
    line=$(cat "$java"/*/target/surefire-reports/*.xml "$root"/examples/java/*/target/surefire-reports/*.xml 2>/dev/null | python3 -c '
import re, sys
sums = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
for suite in re.findall("<testsuite .*?>", sys.stdin.read(), re.S):
    for key in sums: sums[key] += int(re.search(key + "=\"([0-9]+)\"", suite).group(1))
bad = sums["failures"] + sums["errors"]
print(sums["tests"] - bad - sums["skipped"], bad, sums["skipped"])')
    set -- $line
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
    [ $status -eq 0 ] && [ "$1" -gt 0 ] && return 0
    grep -vE '^\s+at (java|jdk|org.junit)' "$log" | tail -n 80
    [ "$2" -gt 0 ] || fail "$name"
}

# Maven Central, or what an earlier run has of it.
if ! maven -DskipTests package; then
    if grep -qE 'Could not transfer|Unknown host|Could not find artifact|offline mode|No matching distribution|Connection (refused|timed out)' "$log"; then
        tail -n 5 "$log"
        skip "Maven Central or PyPI cannot be reached"
        finish
    fi
    cat "$log"
    fail "the jar cannot be built"
    finish
fi
pass

home=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
tests "JUnit" verify -Dhuzhu.evaluations=$evaluations -Dhuzhu.seconds=$seconds

for other in /usr/lib/jvm/*/bin/javac; do
    folder=$(dirname "$(dirname "$(readlink -f "$other")")")
    [ -x "$folder/bin/java" ] && [ "$folder" != "$home" ] || continue
    case " ${seen:-} " in *" $folder "*) continue ;; esac
    seen="${seen:-} $folder"
    [ "$("$folder/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')" -ge 17 ] 2>/dev/null || continue
    tests "JUnit on $folder" test -Dexec.skip=true -Djvm="$folder/bin/java" -Dtest='!GrowthTest,!CommandLineTest' -Dhuzhu.jvm=--enable-native-access=ALL-UNNAMED
done

# The address sanitizer must be loaded before the JVM, which handles its own faults and frees nothing at its end.
asan=$(gcc -print-file-name=libasan.so)
if [ -e "$root/build/asan/build.ninja" ] && HUZHU_PRESET=asan JAVA_HOME=$home sh "$java/native/build.sh" "$work/asan" >"$log" 2>&1; then
    library=$(find "$work/asan/resources" -name libhuzhu_java.so)
    export ASAN_OPTIONS=handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:detect_leaks=0:allocator_may_return_null=1
    tests "JUnit with the address sanitizer" test -Dexec.skip=true -Dsurefire.failIfNoSpecifiedTests=false \
        -Dtest='ApiTest,ErrorsTest,ExamplesTest,ThreadsTest#*Thread*+closeWaits*,ColumnsTest,HarmTest,StreamTest,EqualityTest#counters*' \
        -Dhuzhu.preload="$asan" -Dhuzhu.jvm=-Dhuzhu.native.file="$library"
    unset ASAN_OPTIONS
    grep -qE 'AddressSanitizer|runtime error' "$log" && fail "the address sanitizer speaks"
else
    skip "no build with the address sanitizer in build/asan"
fi

# The settlement, on H2 and on PostgreSQL.
. "$here/postgres.sh"
postgres=
if postgres_start "${TMPDIR:-/tmp}/huzhu-postgres.$$"; then
    trap postgres_stop EXIT
    postgres="jdbc:postgresql://127.0.0.1:$postgres_port/postgres?user=huzhu"
else
    skip "no PostgreSQL server to start (Debian: postgresql): the settlement is tested on H2 alone"
fi
tests "settlement" -f "$root/examples/java/pom.xml" -pl :settlement -am test -Dtest=SettlementTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dsettlement.postgres="$postgres"
postgres_stop

if maven -Dexec.skip=true -DskipTests package javadoc:javadoc; then pass; else
    cat "$log"
    fail "Javadoc"
fi
finish
