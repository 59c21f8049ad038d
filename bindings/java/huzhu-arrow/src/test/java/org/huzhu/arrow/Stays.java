package org.huzhu.arrow;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stays in hospital, which inpatient-allowance pays for: 40 a day, less three days, 180 days in a period. */
final class Stays {
    private Stays() {}

    /** A stay of ten days, which is due 360.00 with nothing before it. */
    static Map<String, Object> stay(int number) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", "A-" + number);
        row.put("member", "M-" + number / 2);
        row.put("cover", "C-" + number / 2);
        row.put("cover_start", LocalDate.of(2024, 1, 1));
        row.put("cover_end", LocalDate.of(2024, 12, 31));
        row.put("admitted", LocalDate.of(2024, 3, 4));
        row.put("discharged", LocalDate.of(2024, 3, 14));
        row.put("hospital_level", 3);
        row.put("cause", "illness");
        return row;
    }

    /** Stays of members who have two each. */
    static List<Map<String, Object>> list(int count) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) rows.add(stay(i));
        return rows;
    }

    static final BigDecimal DUE = new BigDecimal("360.00");
}
