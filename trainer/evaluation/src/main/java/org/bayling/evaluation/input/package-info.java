/** Data of evaluations as they lie on disk: which file is in which language. */
package org.bayling.evaluation.input;
