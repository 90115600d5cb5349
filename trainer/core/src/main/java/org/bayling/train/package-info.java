/** The loop: a row through the layers and back, a step of micro-batches, a run with its checkpoints. */
package org.bayling.train;
