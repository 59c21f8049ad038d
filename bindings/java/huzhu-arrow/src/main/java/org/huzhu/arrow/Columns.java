package org.huzhu.arrow;

import java.io.IOException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.huzhu.BadValueException;
import org.huzhu.HuzhuException;
import org.huzhu.NotFoundException;
import org.huzhu.Plan;
import org.huzhu.internal.Abi;
import org.huzhu.internal.AbiConstants;
import org.huzhu.internal.Access;
import org.huzhu.internal.Handle;
import org.huzhu.internal.Utf8;

/**
 * A plan bound to the columns of a schema, once; then it decides batches of them, each row a claim. A column goes to the input of its name,
 * or to the counter of its name (as it stands before the claims); {@code id} passes through; others are not looked at and are
 * {@linkplain #ignored() listed}. A row that is null in a column, or a column that is not there, is what was not given. What is wrong with
 * a row is said in its results and disturbs no other.
 *
 * <pre>{@code
 * try (Columns columns = Columns.of(plan).counters(Columns.Counters.CARRIED).bind(memory, claims.getSchema());
 *         Answers answers = columns.evaluate(claims)) {
 *     answers.value("total", 0);
 * }
 * }</pre>
 *
 * Results are, by name: {@code id}; {@code outcome}, {@code reason}, {@code error} (dictionaries of texts); {@code reasons}, {@code caps}
 * (lists of such); {@code total}, {@code BENEFIT.gross}, {@code BENEFIT.net} (decimals of 18 digits, 2 behind the point);
 * {@code COUNTER.after}. Of a package also {@code PART.total} and so on.
 *
 * <p>Calls wait for each other: to use several threads, bind the plan once for each. It needs its ruleset only while it is bound.
 */
public final class Columns implements AutoCloseable {
    private final BufferAllocator memory;
    private final DictionaryProvider dictionaries;
    private final Form form;
    private final Handle handle;
    private final boolean carried;
    private final List<String> ignored;
    private final List<String> counters;

    /** Columns of floats for numbers and money. */
    public enum Floats {
        /** They are refused when the plan is bound. */
        REFUSED,
        /** The float's exact value, rounded to the decimals of the input; of a tie to the even digit. */
        HALF_EVEN,
        /** Of a tie away from 0. */
        HALF_UP
    }

    /** Where counters stand that no column of a row gives. */
    public enum Counters {
        /** Nowhere: they are missing where a row hangs on them. */
        GIVEN,
        /** At their start: every row has keys of its own. */
        FRESH,
        /** Where the rows before under the same key left them, in the order of rows and calls; new keys start. */
        CARRIED
    }

    /** How a plan is to be bound. */
    public static final class Builder {
        private final Plan plan;
        private Floats floats = Floats.REFUSED;
        private Counters counters = Counters.GIVEN;
        private String[] wanted;
        private String[] ignored = {};

        private Builder(Plan plan) {
            this.plan = Objects.requireNonNull(plan, "plan");
        }

        /**
         * What is done with floats.
         *
         * @param floats refused unless this is called
         * @return this
         */
        public Builder floats(Floats floats) {
            this.floats = Objects.requireNonNull(floats, "floats");
            return this;
        }

        /**
         * Where counters stand.
         *
         * @param counters {@link Counters#GIVEN} unless this is called
         * @return this
         */
        public Builder counters(Counters counters) {
            this.counters = Objects.requireNonNull(counters, "counters");
            return this;
        }

        /**
         * The columns of results.
         *
         * @param names in this order; unless this is called: id (if it is there), outcome, reason, error, total, every net, every counter after
         * @return this
         */
        public Builder wanted(String... names) {
            wanted = names.clone();
            return this;
        }

        /**
         * Columns that are not looked at although their names are near an input's.
         *
         * @param names of the schema
         * @return this
         */
        public Builder ignored(String... names) {
            ignored = names.clone();
            return this;
        }

        /**
         * Binds the plan to columns of which none has a dictionary.
         *
         * @param memory where results lie; it must outlive them
         * @param schema of the batches
         * @return to be closed
         * @throws org.huzhu.ColumnsException when columns do not fit: a type that the input does not take, two columns of one name, a name that is
         *     nearly an input's, a result that there is not
         */
        public Columns bind(BufferAllocator memory, Schema schema) {
            return bind(memory, schema, new DictionaryProvider.MapDictionaryProvider());
        }

        /**
         * Binds the plan to columns.
         *
         * @param memory where results lie; it must outlive them
         * @param schema of the batches
         * @param dictionaries of the columns that have one
         * @return to be closed
         * @throws org.huzhu.ColumnsException when columns do not fit
         */
        public Columns bind(BufferAllocator memory, Schema schema, DictionaryProvider dictionaries) {
            return new Columns(this, Objects.requireNonNull(memory, "memory"), schema, Objects.requireNonNull(dictionaries, "dictionaries"));
        }

        /**
         * Binds the plan to the columns that a reader gives.
         *
         * @param memory where results lie; it must outlive them
         * @param claims not read yet, or in the middle
         * @return to be closed
         * @throws IOException when the reader cannot tell its schema
         * @throws org.huzhu.ColumnsException when columns do not fit
         */
        public Columns bind(BufferAllocator memory, ArrowReader claims) throws IOException {
            return bind(memory, claims.getVectorSchemaRoot().getSchema(), claims);
        }
    }

    private Columns(Builder how, BufferAllocator memory, Schema schema, DictionaryProvider dictionaries) {
        this.memory = memory;
        this.dictionaries = dictionaries;
        form = Form.of(schema, dictionaries);
        carried = how.counters == Counters.CARRIED;
        byte[][] wanted = how.wanted == null ? null : Utf8.list(how.wanted, "wanted");
        byte[][] left = Utf8.list(how.ignored, "ignored");
        long[] out = new long[1];
        try (Struct.OfSchema columns = new Struct.OfSchema(memory)) {
            Data.exportSchema(memory, schema, dictionaries, columns.struct());
            Access.call(how.plan, plan -> {
                Abi.huzhu_flat_bind(plan, columns.address(), how.floats.ordinal(), how.counters.ordinal(), wanted, left, out);
                return null;
            });
        }
        handle = new Handle(this, "columns", out[0], Abi::huzhu_arrow_free);
        ignored = names(Abi.huzhu_arrow_ignored_count(out[0]), i -> Abi.huzhu_arrow_ignored_at(out[0], i));
        counters = names(Abi.huzhu_arrow_counter_count(out[0]), i -> Abi.huzhu_arrow_counter_name(out[0], i));
    }

    private static List<String> names(long count, java.util.function.LongFunction<byte[]> at) {
        List<String> list = new ArrayList<>();
        for (long i = 0; i < count; i++) list.add(Utf8.text(at.apply(i)));
        return List.copyOf(list);
    }

    /**
     * Begins to bind a plan. A scenario is a ruleset of its own: {@link org.huzhu.Ruleset#bundled}.
     *
     * @param plan of an open ruleset
     * @return to be told more, then {@link Builder#bind(BufferAllocator, Schema) bound}
     */
    public static Builder of(Plan plan) {
        return new Builder(plan);
    }

    /**
     * The columns of the schema that are not looked at.
     *
     * @return in the order of the schema
     */
    public List<String> ignored() {
        return ignored;
    }

    /**
     * Decides the rows of a batch.
     *
     * @param claims of the schema bound; only read, and not to be written to meanwhile
     * @return a row for each, in their order; to be closed
     * @throws BadValueException when the batch has another schema
     * @throws org.huzhu.ColumnsException when its buffers are none of such a batch
     */
    public Answers evaluate(VectorSchemaRoot claims) {
        return evaluate(claims, 0, claims.getRowCount());
    }

    /**
     * Decides some rows of a batch, without a copy of them.
     *
     * @param claims of the schema bound; only read
     * @param first from 0
     * @param rows how many
     * @return a row for each, in their order; to be closed
     */
    public Answers evaluate(VectorSchemaRoot claims, int first, int rows) {
        Objects.checkFromIndexSize(first, rows, claims.getRowCount());
        CDataDictionaryProvider words = new CDataDictionaryProvider();
        VectorSchemaRoot root = null;
        try (Struct.OfSchema schema = new Struct.OfSchema(memory)) {
            call(arrow -> Abi.huzhu_arrow_schema(arrow, schema.address()));
            root = Data.importVectorSchemaRoot(memory, schema.give(), words);
            decide(claims, dictionaries, first, rows, root, words);
            return new Answers(root, words);
        } catch (RuntimeException | Error e) {
            if (root != null) root.close();
            words.close();
            throw e;
        }
    }

    /**
     * Decides all batches of a reader, one at a time: data of any length, larger than memory too.
     *
     * @param claims of the schema bound; it is closed with what this gives
     * @return a batch for each of claims; its exceptions are those of claims, or of the batch that it stands at. Closing these columns ends it
     * @throws IOException when the reader cannot tell its schema
     * @throws BadValueException when it has another schema; it stays open then
     */
    public ArrowReader evaluate(ArrowReader claims) throws IOException {
        form.check(claims.getVectorSchemaRoot(), claims);
        return new AnswerReader(memory, this, claims);
    }

    /** Decides rows into vectors that there are. */
    void decide(VectorSchemaRoot claims, DictionaryProvider dictionaries, int first, int rows, VectorSchemaRoot results, CDataDictionaryProvider words) {
        try (Struct.OfArray in = exported(claims, dictionaries, form); Struct.OfArray out = new Struct.OfArray(memory)) {
            call(arrow -> Abi.huzhu_flat_evaluate(arrow, in.address(), first, rows, out.address()));
            Room.check(memory, out.struct(), results, words);
            Data.importIntoVectorSchemaRoot(memory, out.give(), results, words);
        }
    }

    /** The schema of the results. */
    Schema schema(CDataDictionaryProvider words) {
        try (Struct.OfSchema schema = new Struct.OfSchema(memory)) {
            call(arrow -> Abi.huzhu_arrow_schema(arrow, schema.address()));
            return Data.importSchema(memory, schema.give(), words);
        }
    }

    /** The rows of a batch for the library. They may belong to another tree of allocators than the results. */
    private Struct.OfArray exported(VectorSchemaRoot claims, DictionaryProvider dictionaries, Form form) {
        form.check(claims, dictionaries);
        BufferAllocator theirs = claims.getFieldVectors().isEmpty() ? memory : claims.getVector(0).getAllocator();
        Struct.OfArray array = new Struct.OfArray(theirs);
        try {
            Data.exportVectorSchemaRoot(theirs, claims, dictionaries, array.struct());
            return array;
        } catch (RuntimeException | Error e) {
            array.close();
            throw e;
        }
    }

    private interface Call {
        void run(long arrow);
    }

    private synchronized void call(Call call) {
        long arrow = handle.enter();
        try {
            call.run(arrow);
        } finally {
            handle.leave();
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Cuts the rows of a batch for threads that have a binding each, so that none cuts what claims are settled in turn by.
     *
     * @param claims of the schema bound, its rows grouped by turn (mostly member) where the plan has counters
     * @param parts how many, at least 1
     * @return the end of each part, its first row being the end of the one before
     * @throws org.huzhu.ColumnsException when the rows do not come grouped
     */
    public int[] partition(VectorSchemaRoot claims, int parts) {
        if (parts < 1) throw new BadValueException("PARTS", "parts", "there is at least 1 part", "as many as there are threads");
        long[] ends = new long[parts];
        try (Struct.OfArray in = exported(claims, dictionaries, form)) {
            call(arrow -> Abi.huzhu_flat_partition(arrow, in.address(), ends));
        }
        int[] rows = new int[parts];
        for (int i = 0; i < parts; i++) rows[i] = Math.toIntExact(ends[i]);
        return rows;
    }

    /**
     * The names of the counters of the plan; of a package those of its parts, {@code PART.COUNTER}.
     *
     * @return in the order of the rule file
     */
    public List<String> counters() {
        return counters;
    }

    /**
     * Where a carried counter stands under every key that rows had so far.
     *
     * @param name one of {@link #counters()}
     * @return the parts of the key by their names, and {@code value}, which is null where no row moved the counter; to be closed
     * @throws NotFoundException when there is no such counter
     * @throws HuzhuException of code {@code STATE} when counters are not carried
     */
    public VectorSchemaRoot counter(String name) {
        int counter = place(name);
        VectorSchemaRoot table = null;
        try (Struct.OfSchema schema = new Struct.OfSchema(memory); Struct.OfArray array = new Struct.OfArray(memory);
                CDataDictionaryProvider none = new CDataDictionaryProvider()) {
            call(arrow -> {
                Abi.huzhu_arrow_counter_schema(arrow, counter, schema.address());
                Abi.huzhu_arrow_counter_array(arrow, counter, array.address());
            });
            table = Data.importVectorSchemaRoot(memory, schema.give(), none);
            Room.check(memory, array.struct(), table, none);
            Data.importIntoVectorSchemaRoot(memory, array.give(), table, none);
            return table;
        } catch (RuntimeException | Error e) {
            if (table != null) table.close();
            throw e;
        }
    }

    /**
     * Sets a carried counter under the keys of a table, as {@link #counter} gave it after the rows before: a year can run month by month.
     *
     * @param name one of {@link #counters()}
     * @param table the parts of the key by their names, and {@code value}; only read
     * @throws NotFoundException when there is no such counter
     * @throws HuzhuException of code {@code STATE} when counters are not carried
     * @throws org.huzhu.ColumnsException when the table does not fit; then nothing is set
     */
    public void setCounter(String name, VectorSchemaRoot table) {
        int counter = place(name);
        DictionaryProvider none = new DictionaryProvider.MapDictionaryProvider();
        try (Struct.OfArray in = exported(table, none, Form.of(table.getSchema(), none)); Struct.OfSchema schema = new Struct.OfSchema(memory)) {
            Data.exportSchema(memory, table.getSchema(), none, schema.struct());
            call(arrow -> Abi.huzhu_arrow_set_counter(arrow, counter, schema.address(), in.address()));
        }
    }

    private int place(String name) {
        int place = name == null ? -1 : counters.indexOf(name);
        if (place < 0) throw new NotFoundException(String.valueOf(name), "the plan has no such counter", counters.isEmpty() ? "it has none" : "it has " + String.join(", ", counters));
        if (!carried) throw new HuzhuException("STATE", name, "counters are not carried", "bind the plan with counters(Columns.Counters.CARRIED)");
        return place;
    }

    /** Waits for the call that runs; later ones are refused. Answers that there are stay good. */
    @Override
    public void close() {
        handle.close();
    }
}
