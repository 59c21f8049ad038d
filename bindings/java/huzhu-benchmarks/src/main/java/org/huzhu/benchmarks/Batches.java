package org.huzhu.benchmarks;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.huzhu.Claim;
import org.huzhu.Plan;
import org.huzhu.Ruleset;
import org.huzhu.arrow.Answers;
import org.huzhu.arrow.Columns;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A row of a batch of 65,536 over Arrow, beside the same claims one by one and by Drools: nanoseconds each. All totals are compared before
 * anything is measured. By JMH, or, on a machine that is busy with other things, by {@link #main}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-opens=java.base/java.nio=ALL-UNNAMED")
public class Batches {
    private static final int ROWS = 65_536;
    private static final int CLAIMS = 2048;
    private static final int ROUNDS = 40;

    private Ruleset rules;
    private Plan plan;
    private Allowance drools;
    private BufferAllocator memory;
    private VectorSchemaRoot stays;
    private VectorSchemaRoot illnesses;
    private Columns given;
    private Columns carried;
    private Columns womens;
    private final List<Map<String, Object>> inputs = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();

    /** Makes the claims, and compares. */
    @Setup
    public void load() {
        rules = Ruleset.beijing();
        plan = rules.plan("inpatient-allowance");
        drools = new Allowance();
        memory = new RootAllocator();
        Random random = new Random(7);
        for (int i = 0; i < ROWS; i++) inputs.add(Allowance.input(random));
        stays = columns(inputs);
        illnesses = columns(illnesses(random));
        given = Columns.of(plan).wanted("outcome", "total").bind(memory, stays.getSchema());
        carried = Columns.of(plan).counters(Columns.Counters.CARRIED).bind(memory, stays.getSchema());
        womens = Columns.of(rules.plan("womens-diseases")).counters(Columns.Counters.FRESH).bind(memory, illnesses.getSchema());
        try (Answers answers = given.evaluate(stays)) {
            for (int i = 0; i < ROWS; i++) {
                BigDecimal theirs = drools.total(inputs.get(i));
                BigDecimal mine = (BigDecimal) answers.value("total", i);
                if (mine.compareTo(theirs) != 0) throw new IllegalStateException("answers differ: " + mine + ", " + theirs + " of " + inputs.get(i));
                if (i < CLAIMS) claims.add(Allowance.claim(inputs.get(i), i));
            }
        }
    }

    private static List<Map<String, Object>> illnesses(Random random) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            LocalDate start = LocalDate.of(2012 + random.nextInt(12), 1 + random.nextInt(12), 1);
            row.put("cover_start", start);
            row.put("diagnosed", start.plusDays(random.nextInt(380)));
            row.put("icd10", List.of("C50.9", "C53.1", "D05.1", "C56", "I21.0").get(random.nextInt(5)));
            row.put("units", 1 + random.nextInt(2));
            rows.add(row);
        }
        return rows;
    }

    /** Columns of the claims of a list, and of members, covers and ids. */
    private VectorSchemaRoot columns(List<Map<String, Object>> rows) {
        List<FieldVector> vectors = new ArrayList<>();
        for (String name : List.of("id", "member", "cover")) {
            VarCharVector texts = new VarCharVector(name, memory);
            for (int i = 0; i < rows.size(); i++) texts.setSafe(i, (name.charAt(0) + "-" + i).getBytes(StandardCharsets.US_ASCII));
            vectors.add(texts);
        }
        for (String name : rows.get(0).keySet()) {
            Object first = rows.get(0).get(name);
            FieldVector vector = first instanceof LocalDate ? new DateDayVector(name, memory) : first instanceof Integer ? new BigIntVector(name, memory)
                    : first instanceof BigDecimal ? new DecimalVector(name, memory, 18, 2) : new VarCharVector(name, memory);
            for (int i = 0; i < rows.size(); i++) {
                Object value = rows.get(i).get(name);
                if (vector instanceof DateDayVector days) days.setSafe(i, (int) ((LocalDate) value).toEpochDay());
                else if (vector instanceof BigIntVector numbers) numbers.setSafe(i, (Integer) value);
                else if (vector instanceof DecimalVector amounts) amounts.setSafe(i, ((BigDecimal) value).setScale(2));
                else ((VarCharVector) vector).setSafe(i, ((String) value).getBytes(StandardCharsets.US_ASCII));
            }
            vectors.add(vector);
        }
        VectorSchemaRoot root = new VectorSchemaRoot(vectors);
        root.setRowCount(rows.size());
        return root;
    }

    /** Outcome and total of the in-patient allowance, counters given: what Drools answers. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int allowance() {
        return rows(given.evaluate(stays));
    }

    /** The same, all results, counters carried from row to row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int allowanceCarried() {
        return rows(carried.evaluate(stays));
    }

    /** The women's diseases, by their codes of ICD-10, all results. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int womensDiseases() {
        return rows(womens.evaluate(illnesses));
    }

    /** Vectors filled from maps of Java's values, evaluated, and the totals read back as BigDecimal. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public BigDecimal fillEvaluateRead() {
        BigDecimal sum = BigDecimal.ZERO;
        try (VectorSchemaRoot filled = columns(inputs); Answers answers = given.evaluate(filled)) {
            DecimalVector totals = (DecimalVector) answers.root().getVector("total");
            for (int i = 0; i < ROWS; i++) sum = sum.add(totals.getObject(i));
        }
        return sum;
    }

    /** Claims that are there already, one by one: the whole decision. */
    @Benchmark
    @OperationsPerInvocation(CLAIMS)
    public int evaluateEach() {
        int paid = 0;
        for (Claim claim : claims) paid += plan.evaluate(claim).benefits().size();
        return paid;
    }

    /** The same, outcome and total alone. */
    @Benchmark
    @OperationsPerInvocation(CLAIMS)
    public int dueEach() {
        int paid = 0;
        for (Claim claim : claims) paid += plan.due(claim).outcome().ordinal();
        return paid;
    }

    /** The same by Drools, from maps. */
    @Benchmark
    @OperationsPerInvocation(CLAIMS)
    public int droolsEach() {
        int signs = 0;
        for (int i = 0; i < CLAIMS; i++) signs += drools.total(inputs.get(i)).signum();
        return signs;
    }

    private static int rows(Answers answers) {
        try (answers) {
            return answers.rows();
        }
    }

    /** Lets go of everything. */
    @TearDown
    public void close() {
        for (AutoCloseable one : new AutoCloseable[] {given, carried, womens, stays, illnesses, memory, rules}) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Processor time of this thread, in nanoseconds a row: rounds in turn, the lowest of each. */
    public static void main(String[] arguments) {
        Batches all = new Batches();
        all.load();
        Map<String, Runnable> kinds = new LinkedHashMap<>();
        kinds.put("allowance", all::allowance);
        kinds.put("allowanceCarried", all::allowanceCarried);
        kinds.put("womensDiseases", all::womensDiseases);
        kinds.put("fillEvaluateRead", all::fillEvaluateRead);
        kinds.put("evaluateEach", all::evaluateEach);
        kinds.put("dueEach", all::dueEach);
        kinds.put("droolsEach", all::droolsEach);
        Map<String, Double> lowest = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            kinds.forEach((name, run) -> {
                long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                run.run();
                long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
                lowest.merge(name, (double) spent / (name.endsWith("Each") ? CLAIMS : ROWS), Math::min);
            });
        }
        lowest.forEach((name, spent) -> System.out.printf("%-18s %9.1f ns%n", name, spent));
        all.close();
    }
}
