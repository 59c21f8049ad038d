package org.huzhu.examples.spark;

import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.huzhu.Plan;

/**
 * A plan as a function of Spark, of SQL and of Datasets: of a struct of a claim's columns, the answer as a struct. Each row stands alone;
 * counters are columns, or new. Where claims follow each other see {@link Carried}.
 *
 * <pre>{@code
 * HuzhuUdf.register(spark, "allowance", SentRules.bundled("beijing"), "inpatient-allowance", true);
 * spark.sql("SELECT id, a.outcome, a.total FROM (SELECT id, allowance(struct(*)) AS a FROM stays)");
 * }</pre>
 */
public final class HuzhuUdf implements UDF1<Row, Row> {
    private static final long serialVersionUID = 1;

    /** What it answers: the outcome as in JSON, the total where there is one, the codes of the first reason and of what is wrong, or null. */
    public static final StructType ANSWER = new StructType().add("outcome", DataTypes.StringType, false)
            .add("total", DataTypes.createDecimalType(18, 2)).add("reason", DataTypes.StringType).add("error", DataTypes.StringType);

    /** The rules of the plan. */
    private final SentRules rules;
    /** Its id. */
    private final String plan;
    /** Whether counters that are not given are new. */
    private final boolean fresh;
    /** In the JVM where it is called. */
    private transient volatile Desk desk;

    private record Desk(Plan plan, ClaimRows claims) {}

    /**
     * A function, which is not sent yet.
     *
     * @param rules of the plan
     * @param plan its id
     * @param fresh counters that are not given are new; else a claim that needs one is incomplete
     */
    public HuzhuUdf(SentRules rules, String plan, boolean fresh) {
        this.rules = rules;
        this.plan = rules.plan(plan).id();
        this.fresh = fresh;
    }

    /**
     * Makes a plan a function of a session's SQL, and of {@code functions.call_udf}.
     *
     * @param spark the session
     * @param name of the function
     * @param rules of the plan
     * @param plan its id
     * @param fresh counters that are not given are new
     */
    public static void register(SparkSession spark, String name, SentRules rules, String plan, boolean fresh) {
        spark.udf().register(name, new HuzhuUdf(rules, plan, fresh), ANSWER);
    }

    /**
     * A plan as a function of columns.
     *
     * @param rules of the plan
     * @param plan its id
     * @param fresh counters that are not given are new
     * @return to be applied to a {@code functions.struct} of the claim's columns
     */
    public static UserDefinedFunction of(SentRules rules, String plan, boolean fresh) {
        return functions.udf(new HuzhuUdf(rules, plan, fresh), ANSWER);
    }

    /**
     * The columns that a plan's claims can have, with types that hold their values exactly: to read CSV or JSON by, or to cast to.
     *
     * @param rules of the plan
     * @param plan its id
     * @return all may be null
     */
    public static StructType columns(SentRules rules, String plan) {
        return ClaimRows.schema(rules.plan(plan));
    }

    /** Null of null: where there is no claim there is no answer. */
    @Override
    public Row call(Row row) {
        if (row == null) return null;
        Desk at = desk;
        if (at == null) {
            Plan here = rules.plan(plan);
            at = new Desk(here, new ClaimRows(here, fresh, Set.of()));
            desk = at;
        }
        Plan.Due due = at.plan.due(at.claims.claim(row));
        return RowFactory.create(due.outcome().json(), due.total().orElse(null), orNull(due.reason()), orNull(due.error()));
    }

    static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
