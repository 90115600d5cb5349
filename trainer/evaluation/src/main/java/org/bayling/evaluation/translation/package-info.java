/** Translation metrics, number for number as sacreBLEU 2.6.0 computes them. */
package org.bayling.evaluation.translation;
