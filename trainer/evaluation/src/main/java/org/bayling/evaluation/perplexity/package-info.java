/** How well a model predicts raw text of each language, with the conventions of lm-evaluation-harness. */
package org.bayling.evaluation.perplexity;
