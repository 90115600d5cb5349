package org.bayling.config;

/**
 * A key's typed value.
 *
 * @param writtenAs the name it was given under, native or alias, with the path before it
 * @param value of the Java type that the key's {@link ValueType} names
 */
record Setting(String writtenAs, Object value, Origin origin) {}
