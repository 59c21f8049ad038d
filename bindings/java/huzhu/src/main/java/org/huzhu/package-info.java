/**
 * libhuzhu for Java: is this benefit due, how much, which caps cut it, and why? Begin with {@link org.huzhu.Ruleset}.
 */
package org.huzhu;
