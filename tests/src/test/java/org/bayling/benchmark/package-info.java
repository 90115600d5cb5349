/**
 * Speeds beside those of the reference programs, on the same machine in one run. Not part of the suite: each is run by
 * its name, {@code mvn verify -pl tests -am -Dtest=ScoreSpeedBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
package org.bayling.benchmark;
