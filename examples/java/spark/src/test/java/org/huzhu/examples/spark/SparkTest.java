package org.huzhu.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.huzhu.BadValueException;
import org.huzhu.Claim;
import org.huzhu.HuzhuException;
import org.huzhu.Input;
import org.huzhu.NotFoundException;
import org.huzhu.Plan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same claims by Spark, two at a time, and by the command line. */
class SparkTest {
    private static final Path ROOT = Path.of(System.getProperty("huzhu.root")).toAbsolutePath().normalize();
    private static final Path BEIJING = ROOT.resolve("rulesets/beijing");
    private static final int CLAIMS = 600;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static SparkSession spark;
    private static SentRules rules;

    @BeforeAll
    static void start() {
        spark = Main.session("local[2]");
        rules = SentRules.bundled("beijing");
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    // ---- Claims, and what the command line answers ----

    private static Object value(Input input, Random random) {
        int given = switch (input.need()) {
            case DEFAULT -> 15;
            case OPTIONAL -> 50;
            default -> 99;
        };
        if (random.nextInt(100) >= given) return null;
        switch (input.type()) {
            case DATE: return LocalDate.of(2005, 1, 1).plusDays(random.nextInt(7300));
            case BOOLEAN: return random.nextInt(10) != 0;
            case CODE: return random.nextInt(100) == 0 ? "no-such-code" : input.codes().get(random.nextInt(input.codes().size())).id();
            case KEY: return "\uD842\uDFB7-" + random.nextInt(4);
            case TEXT: return List.of("C50.9", "C53", "D05.1", "I21.0", "汉\"\\").get(Math.min(random.nextInt(5), random.nextInt(5)));
            case COUNT: return random.nextInt(100) == 0 ? -1L : (input.name().equals("age") ? 30L : 1L) + random.nextInt(3);
            case MONEY: return BigDecimal.valueOf(random.nextInt(10_000_000), 2);
            default: return BigDecimal.valueOf(random.nextInt(100), Math.min(3, input.scale()));
        }
    }

    private static List<Map<String, Object>> claims(Plan plan) {
        Random random = new Random(plan.id().hashCode());
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i = 0; i < CLAIMS; i++) {
            Map<String, Object> claim = new LinkedHashMap<>();
            claim.put("id", String.format("%s-%04d", plan.id(), i));
            LocalDate start = LocalDate.of(2008 + random.nextInt(17), 1 + random.nextInt(12), 1);
            LocalDate day = start.plusDays(random.nextInt(200));
            for (Input input : plan.inputs()) {
                Object value = value(input, random);
                // Mostly dates that lie near each other, one after the other: otherwise every claim is out of its cover.
                if (value instanceof LocalDate && random.nextInt(30) != 0) {
                    day = day.plusDays(random.nextInt(40));
                    value = input.name().endsWith("_start") ? start : input.name().endsWith("_end") ? start.plusYears(1).minusDays(1) : day;
                }
                if (value != null) claim.put(input.name(), value);
            }
            list.add(claim);
        }
        return list;
    }

    private static Dataset<Row> dataset(StructType schema, List<? extends Map<String, ?>> claims) {
        List<Row> rows = new ArrayList<>();
        for (Map<String, ?> claim : claims) rows.add(RowFactory.create(List.of(schema.fieldNames()).stream().map(claim::get).toArray()));
        return spark.createDataFrame(rows, schema).repartition(3);
    }

    private static Map<String, String> byCommandLine(List<? extends Map<String, ?>> claims, String... options) throws Exception {
        Path in = Files.createTempFile("huzhu-test-", ".ndjson");
        Path out = Files.createTempFile("huzhu-test-", ".out");
        try {
            Files.write(in, claims.stream().map(claim -> Claim.of(claim).toString()).toList());
            List<String> command = new ArrayList<>(List.of(ROOT.resolve("build/bin/huzhu").toString(), "eval", BEIJING.toString()));
            command.addAll(List.of(options));
            Process process = new ProcessBuilder(command).redirectInput(in.toFile()).redirectOutput(out.toFile()).start();
            assertTrue(process.waitFor(120, TimeUnit.SECONDS));
            Map<String, String> lines = new HashMap<>();
            int number = 0;
            for (String line : Files.readAllLines(out)) lines.put(id(line), line.replace(",\"line\":" + ++number, ""));
            assertEquals(claims.size(), lines.size());
            return lines;
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }

    private static String id(String line) throws IOException {
        return JSON.readTree(line).path("id").asText();
    }

    /** What the function answers, of the line of JSON. */
    private static Row answer(String line) throws IOException {
        JsonNode json = JSON.readTree(line);
        JsonNode total = json.path("total");
        String reason = json.path("reasons").path(0).path("code").asText(null);
        String error = json.path("error").path("code").asText(null);
        return RowFactory.create(json.path("outcome").asText(), total.isTextual() ? new BigDecimal(total.asText()) : null, reason, error);
    }

    private static void assertSame(Map<String, String> expected, List<Row> got) throws IOException {
        assertEquals(expected.size(), got.size());
        for (Row row : got) assertEquals(answer(expected.get(row.getString(0))), row.getStruct(1), row.getString(0));
    }

    // ---- Each row alone ----

    @ParameterizedTest
    @ValueSource(strings = {"inpatient-allowance", "womens-diseases", "child-accident", "medical-reimbursement", "startup-loan-subsidy", "comprehensive-b"})
    void answersAreThoseOfTheCommandLine(String id) throws Exception {
        Plan plan = rules.plan(id);
        List<Map<String, Object>> claims = claims(plan);
        Dataset<Row> table = dataset(HuzhuUdf.columns(rules, id), claims);
        Map<String, String> fresh = byCommandLine(claims, "--plan", id, "--fresh");
        table.createOrReplaceTempView("claims");
        HuzhuUdf.register(spark, "decide", rules, id, true);
        List<Row> bySql = spark.sql("SELECT id, decide(struct(*)) FROM claims").collectAsList();
        assertSame(fresh, bySql);
        long paid = bySql.stream().filter(row -> row.getStruct(1).getString(0).equals("paid")).count();
        assertTrue(paid > 0, "some are paid, or the comparison means nothing");
        assertTrue(bySql.stream().anyMatch(row -> row.getStruct(1).get(3) != null), "some are errors");
        var given = HuzhuUdf.of(rules, id, false);
        assertSame(byCommandLine(claims, "--plan", id), table.select(functions.col("id"), given.apply(functions.struct("*"))).collectAsList());
    }

    @Test
    void countersAreColumns() throws Exception {
        StructType schema = HuzhuUdf.columns(rules, "inpatient-allowance");
        List<Map<String, Object>> claims = claims(rules.plan("inpatient-allowance"));
        List<Map<String, Object>> rows = new ArrayList<>();
        Random random = new Random(3);
        for (Map<String, Object> claim : claims) {
            int days = random.nextInt(190);
            Map<String, Object> row = new LinkedHashMap<>(claim);
            Map<String, Object> counters = new LinkedHashMap<>();
            if (days > 5) counters.put("days_this_period", days);
            counters.put("paid_this_period", BigDecimal.valueOf(days * 4000L, 2));
            row.putAll(counters);
            row.computeIfPresent("days_this_period", (name, value) -> BigDecimal.valueOf((int) value));
            rows.add(row);
            claim.put("counters", counters);
        }
        var decide = HuzhuUdf.of(rules, "inpatient-allowance", false);
        Dataset<Row> table = dataset(schema, rows);
        assertSame(byCommandLine(claims, "--plan", "inpatient-allowance"), table.select(functions.col("id"), decide.apply(functions.struct("*"))).collectAsList());
    }

    /** Days as texts and as both of Java's types, in years that no calendar of ours has; whole numbers of every width; a claim that is null. */
    @Test
    void whatIsWrongWithAValueItsRowSays() throws Exception {
        Plan plan = rules.plan("inpatient-allowance");
        HuzhuUdf.register(spark, "allowance", rules, plan.id(), true);
        String base = "'M' AS member, 'C' AS cover, date'2024-01-01' AS cover_start, date'2024-12-31' AS cover_end, 'illness' AS cause, ";
        Map<String, String> asked = Map.of(
                "date'2024-03-04' AS admitted, date'2024-03-14' AS discharged, 3Y AS hospital_level", "[paid,360.00,null,null]",
                "'2024-03-04' AS admitted, '2024-03-14' AS discharged, 3.000BD AS hospital_level", "[paid,360.00,null,null]",
                "'2024-02-30' AS admitted, '2024-03-14' AS discharged, 3L AS hospital_level", "[error,null,null,R_DATE]",
                "date'2024-03-04' AS admitted, date'+12024-03-14' AS discharged, 3S AS hospital_level", "[error,null,null,R_DATE]",
                "date'2024-03-04' AS admitted, date'2024-03-14' AS discharged, 9 AS hospital_level", "[error,null,null,R_RANGE]",
                "date'2024-03-04' AS admitted, null AS discharged, 3 AS hospital_level", "[incomplete,null,MISSING,null]");
        for (String java8 : List.of("true", "false")) {
            spark.conf().set("spark.sql.datetime.java8API.enabled", java8);
            for (Map.Entry<String, String> one : asked.entrySet())
                assertEquals(one.getValue(), spark.sql("SELECT allowance(named) FROM (SELECT struct(*) AS named FROM (SELECT " + base + one.getKey() + "))").first().getStruct(0).toString(), one.getKey());
        }
        spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
        assertNull(spark.sql("SELECT allowance(CAST(null AS struct<member:string>))").first().get(0));
    }

    @Test
    void whatIsWrongWithAColumnEndsTheQuery() {
        HuzhuUdf.register(spark, "allowance", rules, "inpatient-allowance", true);
        Throwable e = cause("SELECT allowance(struct('M' AS member, 1 AS admited))", NotFoundException.class);
        assertTrue(e.getMessage().startsWith("admited: no claim under inpatient-allowance has such a column [NOT_FOUND] (leave it out of the struct; a claim has id, ask, member"), e.getMessage());
        assertTrue(cause("SELECT allowance(struct('M' AS member, 3.0D AS hospital_level))", BadValueException.class).getMessage().contains("a column of type double is binary"));
        assertTrue(cause("SELECT allowance(struct(timestamp'2024-03-04 12:00:00' AS admitted))", BadValueException.class).getMessage().contains("CAST it to date"));
        assertTrue(cause("SELECT allowance(struct(array('M') AS member))", BadValueException.class).getMessage().contains("array<string>"));
        assertThrows(NotFoundException.class, () -> HuzhuUdf.of(rules, "inpatient-alowance", true));
    }

    private static Throwable cause(String sql, Class<? extends HuzhuException> expected) {
        Throwable e = assertThrows(Exception.class, () -> spark.sql(sql).collectAsList());
        while (e != null && !expected.isInstance(e)) e = e.getCause();
        assertTrue(e != null, "no " + expected);
        return e;
    }

    // ---- The rules that go along ----

    @Test
    void rulesGoAlongByContentAndMustComeToTheSameHash() throws Exception {
        SentRules folder = SentRules.folder(BEIJING);
        assertEquals(rules.sha256(), folder.sha256());
        SentRules sixty = SentRules.folder(BEIJING, "inpatient-allowance.daily_amount = 60");
        String stay = "struct('M' AS member, 'C' AS cover, date'2024-01-01' AS cover_start, date'2024-12-31' AS cover_end, date'2024-03-04' AS admitted, "
                + "date'2024-03-14' AS discharged, 3 AS hospital_level, 'illness' AS cause)";
        HuzhuUdf.register(spark, "allowance", folder, "inpatient-allowance", true);
        HuzhuUdf.register(spark, "allowance_60", sixty, "inpatient-allowance", true);
        assertEquals("[360.00,540.00]", spark.sql("SELECT allowance(" + stay + ").total, allowance_60(" + stay + ").total").first().toString());

        HuzhuUdf sent = new HuzhuUdf(rules.pinned(rules.sha256()), "inpatient-allowance", true);
        assertEquals("[incomplete,null,MISSING,null]", elsewhere(sent).call(row("M")).toString());
        String other = "0".repeat(64);
        for (SentRules wrong : List.of(rules.pinned(other), folder.pinned(other))) {
            HuzhuException e = assertThrows(HuzhuException.class, () -> new HuzhuUdf(elsewhere(wrong), "inpatient-allowance", true).call(row("M")));
            assertEquals("OTHER_RULES", e.code());
            assertTrue(e.getMessage().contains(rules.sha256()) && e.getMessage().contains(other), e.getMessage());
        }
    }

    private static Row row(String member) {
        return spark.sql("SELECT '" + member + "' AS member").first();
    }

    @SuppressWarnings("unchecked")
    private static <T> T elsewhere(T object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }

    @Test
    void aJvmLoadsTheSameRulesOnce() throws Exception {
        assertTrue(rules.plan("womens-diseases") == elsewhere(rules).plan("womens-diseases"));
        Plan held = rules.plan("womens-diseases");
        for (int i = 1; i <= 9; i++) SentRules.bundled("beijing", "inpatient-allowance.daily_amount = " + i).plan("womens-diseases");
        assertTrue(rules.plan("womens-diseases") != held, "it keeps those used last");
        assertEquals("incomplete", held.evaluate(Map.of()).outcome().json());
    }

    // ---- In order ----

    @ParameterizedTest
    @ValueSource(strings = {"inpatient-allowance", "medical-reimbursement", "womens-diseases", "comprehensive-b"})
    void countersAreCarriedAsByTheCommandLine(String id) throws Exception {
        List<Map<String, Object>> claims = claims(rules.plan(id));
        Dataset<Row> table = dataset(HuzhuUdf.columns(rules, id), claims).withColumn("district", functions.lit("海淀"));
        Map<String, String> carried = byCommandLine(claims, "--plan", id, "--carry");
        List<Row> got = Carried.settle(table, rules, id, "member", List.of("id"), "id", "district").collectAsList();
        assertEquals(carried.size(), got.size());
        for (Row row : got) {
            assertEquals(carried.get(row.getString(0)), row.getAs("decision"));
            assertEquals(answer(row.getAs("decision")), RowFactory.create(row.getAs("outcome"), row.getAs("total"), row.getAs("reason"), row.getAs("error")));
            assertEquals("海淀", row.getAs("district"));
        }
        assertNotEquals(byCommandLine(claims, "--plan", id, "--fresh"), carried, "else the test is hollow");
    }

    /** Last year's counters are in the first row of their key. */
    @Test
    void countersThatAreGivenBeginTheKey() throws Exception {
        String id = "inpatient-allowance";
        List<Map<String, Object>> claims = claims(rules.plan(id));
        List<Map<String, Object>> rows = new ArrayList<>();
        Set<Object> begun = new HashSet<>();
        for (Map<String, Object> claim : claims) {
            Map<String, Object> row = new LinkedHashMap<>(claim);
            if (claim.get("member") != null && claim.get("cover") != null && begun.add(List.of(claim.get("member"), claim.get("cover")))) {
                Map<String, Object> before = Map.of("days_this_period", BigDecimal.valueOf(150), "paid_this_period", new BigDecimal("6000.00"));
                row.putAll(before);
                claim.put("counters", before);
            }
            rows.add(row);
        }
        Map<String, String> carried = byCommandLine(claims, "--plan", id, "--carry");
        for (Row row : Carried.settle(dataset(HuzhuUdf.columns(rules, id), rows), rules, id, "member", List.of("id"), "id").collectAsList())
            assertEquals(carried.get(row.getString(0)), row.getAs("decision"));
        claims.forEach(claim -> claim.remove("counters"));
        assertNotEquals(byCommandLine(claims, "--plan", id, "--carry"), carried, "else the test is hollow");
    }

    @Test
    void whatIsWrongIsSaidAtOnce() {
        Dataset<Row> stays = spark.sql("SELECT 'A' AS id, 'M' AS member, 'C' AS cover, date'2024-03-04' AS admitted, '海淀' AS district");
        assertTrue(assertThrows(NotFoundException.class, () -> Carried.settle(stays, rules, "inpatient-allowance", "member", List.of("day"), "id")).getMessage().startsWith("day: there is no such column"));
        assertTrue(assertThrows(NotFoundException.class, () -> Carried.settle(stays, rules, "inpatient-allowance", "member", List.of("id"), "id")).getMessage().startsWith("district: no claim"));
        assertTrue(assertThrows(NotFoundException.class, () -> Carried.settle(stays, rules, "inpatient-allowance", "district", List.of("id"), "id", "district")).getMessage()
                .contains("is not kept by it [NOT_FOUND] (it is kept by member"));
        assertEquals(1, Carried.settle(stays, rules, "inpatient-allowance", "member", List.of("id"), "id", "district").count());
    }
}
