/** Files of translations, scored: read line by line together, counted on all processors, summed up in order. */
package org.bayling.evaluation.scoring;
