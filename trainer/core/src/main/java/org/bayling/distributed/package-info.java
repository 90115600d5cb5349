/**
 * Who a process is among the ranks of a run, and how ranks talk. One process for now; what the trainer asks of a group is
 * already what many ranks need: sums in a fixed order, one vote before each step, state by parameter name and element
 * range.
 */
package org.bayling.distributed;
