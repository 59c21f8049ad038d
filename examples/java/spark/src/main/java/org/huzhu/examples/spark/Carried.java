package org.huzhu.examples.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.huzhu.Counter;
import org.huzhu.Decision;
import org.huzhu.HuzhuException;
import org.huzhu.Ledger;
import org.huzhu.NotFoundException;
import org.huzhu.Plan;

/**
 * Claims that follow each other: what one leaves in the counters the next finds, as {@code huzhu eval --carry} does it. Rows of one member
 * come together in a partition, sorted, and are settled by a ledger of their own, so memory does not grow with the partition.
 */
public final class Carried {
    private Carried() {}

    /** What is sent. */
    private record Work(SentRules rules, String plan, String by, String[] keep) implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            return new Answers(this, rows);
        }
    }

    /**
     * Settles the claims of a Dataset in order.
     *
     * @param claims a row each: columns of the plan's claims, and those to keep; counters that a row gives count
     * @param rules of the plan
     * @param plan its id
     * @param by what all its counters are kept by: mostly member
     * @param order columns that leave no ties, such as admitted and id: a Dataset has no order, and one made up would be a silent answer
     * @param keep columns that come along, of the claim or not; there may be no others besides the claim's
     * @return the columns kept, then outcome, total, reason, error, and the whole decision as JSON
     * @throws HuzhuException when a column is not there, or cannot be read, or a counter is not kept by it
     */
    public static Dataset<Row> settle(Dataset<Row> claims, SentRules rules, String plan, String by, List<String> order, String... keep) {
        Plan here = rules.plan(plan);
        List<String> names = Arrays.asList(claims.columns());
        List<String> all = new ArrayList<>(order);
        all.add(0, by);
        all.addAll(Arrays.asList(keep));
        for (String name : all)
            if (!names.contains(name)) throw new NotFoundException(name, "there is no such column", "there are " + String.join(", ", names));
        for (Map.Entry<String, Counter> counter : ClaimRows.counters(here).entrySet())
            if (!counter.getValue().per().contains(by))
                throw new NotFoundException(by, "counter " + counter.getKey() + " is not kept by it", "it is kept by " + String.join(", ", counter.getValue().per()));
        new ClaimRows(here, true, Set.of(keep)).check(claims.schema());
        StructType made = new StructType();
        for (String name : keep) made = made.add(claims.schema().apply(name));
        for (StructField field : HuzhuUdf.ANSWER.fields()) made = made.add(field);
        made = made.add("decision", DataTypes.StringType, false);
        Column[] sorted = all.subList(0, 1 + order.size()).stream().map(Carried::quoted).toArray(Column[]::new);
        return claims.repartition(quoted(by)).sortWithinPartitions(sorted).mapPartitions(new Work(rules, plan, by, keep), Encoders.row(made));
    }

    private static Column quoted(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    /** The rows of a partition. */
    private static final class Answers implements Iterator<Row> {
        private final Work work;
        private final Iterator<Row> rows;
        private final Plan plan;
        private final ClaimRows claims;
        private Ledger ledger;
        private Object member;

        Answers(Work work, Iterator<Row> rows) {
            this.work = work;
            this.rows = rows;
            plan = work.rules.plan(work.plan);
            claims = new ClaimRows(plan, true, Set.of(work.keep));
        }

        @Override
        public boolean hasNext() {
            boolean more = rows.hasNext();
            if (!more) open(null, false);
            return more;
        }

        @Override
        public Row next() {
            Row row = rows.next();
            Object of = row.getAs(work.by);
            if (ledger == null || !Objects.equals(of, member)) open(of, true);
            Decision d = ledger.settle(plan, claims.claim(row));
            Object[] made = new Object[work.keep.length + HuzhuUdf.ANSWER.length() + 1];
            int at = 0;
            for (String name : work.keep) made[at++] = row.getAs(name);
            made[at++] = d.outcome().json();
            made[at++] = d.total().orElse(null);
            made[at++] = d.reasons().isEmpty() ? null : d.reasons().get(0).code();
            made[at++] = d.error().map(Decision.Problem::code).orElse(null);
            made[at] = d.json();
            return RowFactory.create(made);
        }

        /** A ledger for the next member, or none. */
        private void open(Object of, boolean more) {
            if (ledger != null) ledger.close();
            ledger = more ? new Ledger() : null;
            member = of;
        }
    }
}
