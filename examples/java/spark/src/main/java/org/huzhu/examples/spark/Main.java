package org.huzhu.examples.spark;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Stays of a made population, decided by SQL with new counters, and settled in order; or, with `measure ROWS`, what a row costs.
 */
public final class Main {
    private static final String PLAN = "inpatient-allowance";

    private Main() {}

    /**
     * Runs.
     *
     * @param arguments none, or measure and how many rows
     */
    public static void main(String[] arguments) {
        boolean measures = arguments.length == 2 && arguments[0].equals("measure");
        SparkSession spark = session(measures ? "local[1]" : "local[2]");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            SentRules rules = SentRules.bundled("beijing");
            if (measures) measure(spark, rules, Long.parseLong(arguments[1]), out);
            else decide(spark, rules, out);
        } finally {
            spark.stop();
        }
    }

    /** A session on this machine, unless spark-submit says where. */
    static SparkSession session(String master) {
        SparkSession.Builder builder = SparkSession.builder().appName("huzhu").config("spark.sql.shuffle.partitions", "4").config("spark.sql.datetime.java8API.enabled", "true");
        if (System.getProperty("spark.master") == null)
            builder.master(master).config("spark.ui.enabled", "false").config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1");
        SparkSession spark = builder.getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        return spark;
    }

    /** Three stays of each member in 2024, at any time and of any length. */
    private static Dataset<Row> stays(SparkSession spark, long rows) {
        return spark.range(0, rows, 1, 4).selectExpr("concat('A-', id) AS id", "concat('BJ-', id % " + Math.max(1, rows / 3) + ") AS member", "'C-2024' AS cover",
                "date'2024-01-01' AS cover_start", "date'2024-12-31' AS cover_end", "date_add(date'2024-01-01', cast(pmod(hash(id), 366) AS int)) AS admitted",
                "date_add(date'2024-01-01', cast(pmod(hash(id), 366) + pmod(hash(id, 1), 90) AS int)) AS discharged",
                "cast(1 + pmod(hash(id, 2), 3) AS int) AS hospital_level", "element_at(array('illness', 'accident', 'psychiatric'), cast(1 + pmod(hash(id, 3), 3) AS int)) AS cause");
    }

    private static void decide(SparkSession spark, SentRules rules, PrintStream out) {
        stays(spark, 30_000).createOrReplaceTempView("stays");
        HuzhuUdf.register(spark, "allowance", rules, PLAN, true);
        out.println("--- each stay by itself, with new counters: SQL");
        spark.sql("SELECT a.outcome, a.reason, count(*) AS stays, sum(a.total) AS yuan FROM (SELECT allowance(struct(*)) AS a FROM stays) GROUP BY 1, 2 ORDER BY 1, 2").show(false);
        for (SentRules under : List.of(rules, SentRules.bundled("beijing", PLAN + ".daily_amount = 60"))) {
            out.println("--- in order, counters carried" + (under == rules ? "" : ", 60 yuan a day"));
            Carried.settle(spark.table("stays"), under, PLAN, "member", List.of("admitted", "id"), "id", "member").groupBy("outcome", "reason")
                    .agg(functions.count("*").as("stays"), functions.sum("total").as("yuan")).orderBy("outcome", "reason").show(false);
        }
    }

    /** Rows for each second of the processor, of this JVM on one core. */
    private static void measure(SparkSession spark, SentRules rules, long rows, PrintStream out) {
        Dataset<Row> stays = stays(spark, rows).coalesce(1);
        String file = System.getProperty("java.io.tmpdir") + "/huzhu-stays-" + ProcessHandle.current().pid() + ".parquet";
        stays.write().parquet(file);
        Dataset<Row> read = spark.read().parquet(file).coalesce(1);
        HuzhuUdf.register(spark, "allowance", rules, PLAN, true);
        for (int round = 0; round < 3; round++) {
            timed("read, nothing done", rows, read, out);
            timed("decided, counters new", rows, read.selectExpr("allowance(struct(*)) AS a"), out);
            timed("settled in order", rows, Carried.settle(read, rules, PLAN, "member", List.of("admitted", "id"), "id"), out);
        }
    }

    private static void timed(String what, long rows, Dataset<Row> work, PrintStream out) {
        long before = processor();
        work.write().format("noop").mode("overwrite").save();
        out.printf("%-24s %,12.0f rows a second and core%n", what, rows / ((processor() - before) / 1e9));
    }

    private static long processor() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
