/**
 * Linear algebra over sentence vectors, with ND4J. Runs in a process of its own, which alone has ND4J on its class path;
 * nothing else may refer to the classes here but by starting {@link
 * org.bayling.evaluation.alignment.analysis.AlignmentAnalysis} there.
 */
package org.bayling.evaluation.alignment.analysis;
