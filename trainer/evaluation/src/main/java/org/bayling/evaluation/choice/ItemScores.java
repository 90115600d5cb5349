package org.bayling.evaluation.choice;

/**
 * Log-likelihoods of an item's options, nats.
 *
 * @param conditional ln p(continuation | context) of each
 * @param unconditional ln p(choice | nothing) of each; empty where no metric asks for it
 */
public record ItemScores(double[] conditional, double[] unconditional) {}
