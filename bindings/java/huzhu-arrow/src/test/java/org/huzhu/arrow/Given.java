package org.huzhu.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.huzhu.Plan;
import org.huzhu.Ruleset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of columns begin with. Every test ends with all memory given back. */
abstract class Given {
    final Ruleset rules = Ruleset.beijing();
    final Plan plan = rules.plan("inpatient-allowance");
    BufferAllocator memory;

    @BeforeEach
    void open() {
        memory = new RootAllocator();
    }

    @AfterEach
    void close() {
        rules.close();
        assertEquals(0, memory.getAllocatedMemory());
        memory.close();
    }

    final VectorSchemaRoot stays(int count) {
        return Rows.typed(memory, plan, Stays.list(count));
    }
}
