/** Measurements that take minutes; run by name, with {@code -Dbayling.benchmarks=true}. */
package org.bayling.benchmark;
