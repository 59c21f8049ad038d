#!/bin/sh
# run.sh - the settlement from a clean clone: builds it, settles the example claims into an H2 database under build/, sends them again, takes
# one back, and settles what is left under changed rules.
#
#   sh examples/java/settlement/run.sh [JDBC-URL]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
mvn -q -B -ntp -f "$root/examples/java/pom.xml" -DskipTests package
mkdir -p "$root/build/settlement"
cd "$root/build/settlement"
[ $# -gt 0 ] || rm -rf settlement
settlement() {
    echo "--- $*"
    java ${url:+"-Dsettlement.url=$url"} -cp "$here/target/settlement-0.1.0.jar:$here/target/lib/*" org.huzhu.examples.settlement.Main "$@"
}
url=${1:-}
settlement settle inpatient-allowance "$root/examples/claims/inpatient-allowance.ndjson" 2
settlement settle inpatient-allowance "$root/examples/claims/inpatient-allowance.ndjson" 2
settlement takeback inpatient-allowance A-2024-0010
settlement resettle inpatient-allowance 'inpatient-allowance.daily_amount = 60 from 2024-01-01'
settlement report
