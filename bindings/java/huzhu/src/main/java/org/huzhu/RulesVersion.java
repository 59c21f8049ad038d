package org.huzhu;

/**
 * Which rules answered.
 *
 * @param name of the ruleset
 * @param version of the ruleset
 * @param sha256 of its files, examples excluded, as 64 hex digits
 * @param scenario the settings applied, in canonical form, one a line; empty without any
 */
public record RulesVersion(String name, String version, String sha256, String scenario) {}
