/**
 * Reports over folders of evaluations ({@link org.bayling.evaluation.results}): one system, or several side by side.
 *
 * <p>All values are in points: accuracies are multiplied by 100, everything else is in its own unit. Means of groups give
 * every language the same weight, over the directions that all systems have; their interval treats the languages'
 * intervals as independent. A translation score is computed anew from the items with the settings of its signature and
 * tested by the paired bootstrap of sacreBLEU (1000 resamples, seed 12345); an accuracy by McNemar's exact test over the
 * questions. Where items are missing or a score does not come out again, there is no test and no mark.
 *
 * <h2>{@code report.csv}</h2>
 *
 * One line for each system and number, in long form: {@code level,task,group_kind,group,source,language,name,script,
 * resource_class,metric,system,value,low,high,size,difference,p_value,test}. {@code level} is {@code score} or {@code
 * mean}; a mean's size is the number of its scores. {@code difference} is to the baseline.
 *
 * <h2>{@code report.json}</h2>
 *
 * {@code {"format":"bayling-report","version":1,"systems":[...],"baseline":NAME,"scores":[...],"means":[...],
 * "guard":{...}}}; a score and a mean have the fields of the CSV, with {@code "systems":{NAME:{"value":...,...}}}.
 */
package org.bayling.evaluation.report;
