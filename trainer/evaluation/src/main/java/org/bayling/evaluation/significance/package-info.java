/**
 * Whether a difference between two systems is more than chance: confidence intervals by bootstrap resampling (Koehn
 * 2004) and paired tests, with the draws, the arithmetic and so the figures of sacreBLEU 2.6.0 on NumPy 2.
 */
package org.bayling.evaluation.significance;
