#!/bin/sh
# run.sh - a plan as a function of Spark, from a clean clone: builds it, decides a made population by SQL, and settles it in order.
#
#   sh examples/java/spark/run.sh                     two threads of this machine
#   sh examples/java/spark/run.sh measure 1000000     what a row costs
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mvn -q -B -ntp -f "$here/../pom.xml" -P spark -pl :spark -am -DskipTests package
exec java "@$here/jvm.options" -cp "$here/target/spark-0.1.0.jar:$(cat "$here/target/classpath")" org.huzhu.examples.spark.Main "$@"
