/** Gradients to new weights: buffers, clipping, AdamW, learning-rate schedules. */
package org.bayling.optim;
