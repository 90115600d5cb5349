/** Which examples stand in front of a question, chosen as lm-evaluation-harness chooses them. */
package org.bayling.evaluation.fewshot;
