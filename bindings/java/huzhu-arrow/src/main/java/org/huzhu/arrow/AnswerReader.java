package org.huzhu.arrow;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Batches of answers, each made when it is asked for. In Java alone: exceptions of the reader below pass as they are. */
final class AnswerReader extends ArrowReader {
    private final Columns columns;
    private final ArrowReader claims;
    private final CDataDictionaryProvider words = new CDataDictionaryProvider();

    AnswerReader(BufferAllocator memory, Columns columns, ArrowReader claims) {
        super(memory);
        this.columns = columns;
        this.claims = claims;
    }

    @Override
    protected Schema readSchema() {
        return columns.schema(words);
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        if (!claims.loadNextBatch()) return false;
        VectorSchemaRoot batch = claims.getVectorSchemaRoot();
        columns.decide(batch, claims, 0, batch.getRowCount(), getVectorSchemaRoot(), words);
        return true;
    }

    @Override
    public Dictionary lookup(long id) {
        return words.lookup(id);
    }

    @Override
    public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
        ensureInitialized();
        Map<Long, Dictionary> all = new LinkedHashMap<>();
        for (long id : words.getDictionaryIds()) all.put(id, words.lookup(id));
        return all;
    }

    @Override
    public Set<Long> getDictionaryIds() {
        return words.getDictionaryIds();
    }

    @Override
    public long bytesRead() {
        return claims.bytesRead();
    }

    @Override
    protected void closeReadSource() throws IOException {
        try {
            words.close();
        } finally {
            claims.close();
        }
    }
}
