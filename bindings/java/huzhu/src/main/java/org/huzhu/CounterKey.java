package org.huzhu;

import java.util.Map;

/**
 * A counter that a claim reads, and the key under which the host keeps it.
 *
 * @param name as {@link Claim.Builder#counter} takes it: of a part of a package or event {@code plan.name}
 * @param key names of its parts and their values, in order
 */
public record CounterKey(String name, Map<String, String> key) {}
