/**
 * Multiple-choice questions answered by log-likelihood, with the conventions of lm-evaluation-harness. What is known is
 * kept as {@link org.bayling.evaluation.likelihood} describes.
 */
package org.bayling.evaluation.choice;
