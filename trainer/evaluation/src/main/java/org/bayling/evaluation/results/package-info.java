/**
 * What evaluations leave behind: items as they are computed, and the scores in the end.
 *
 * <h2>A file of results</h2>
 *
 * JSON Lines in UTF-8. First line: {@code {"format":F,"version":1,"fingerprint":P,"model":M}}; F names the kind of items
 * ({@code bayling-choice}, ...), P is that of {@link org.bayling.evaluation.results.ModelFingerprint}, M is for people.
 * Each further line is one item, {@code {"item":K,...}}: K is a digest of everything that its result depends on but the
 * model, the other fields are described where the format belongs. Lines are only appended; a last line without its line
 * feed is what a process left that was killed, and is cut off by the next.
 *
 * <h2>A folder of an evaluation</h2>
 *
 * <ul>
 *   <li>{@code results.json}, written last: {@code
 *       {"format":"bayling-evaluation","version":1,"name":N,"kind":C,"model":M,"fingerprint":P,"settings":{...},
 *       "scores":[...]}}, an {@link org.bayling.evaluation.results.EvaluationResults} field by field. A score is {@code
 *       {"task":T,"source":S,"language":L,"metric":K,"value":V,"low":A,"high":B,"stderr":E,"size":I,"signature":G}},
 *       without the fields that are not known.
 *   <li>{@code items.jsonl} beside it: for each item what pairs two systems in a test of significance. A translation is
 *       {@code {"task":T,"source":S,"language":L,"item":I,"source_text":X,"hypothesis":H,"references":[...]}}, a
 *       question {@code {"task":T,"language":L,"item":I,"gold":G,"values":{"acc":0 or 1,...}}}, a document of a
 *       perplexity the same without {@code gold}. Items are paired by I, which is the same for every system.
 * </ul>
 *
 * A number that is not finite is the text {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"}. {@link
 * org.bayling.evaluation.results.EvaluationFolder} writes and reads the folder.
 */
package org.bayling.evaluation.results;
