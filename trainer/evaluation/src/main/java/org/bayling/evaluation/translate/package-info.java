/**
 * Translating test sets with a model, and scoring what it writes.
 *
 * <h2>Layouts of test sets</h2>
 *
 * All files plain, gzip or zstd, one segment a line where they are no rows.
 *
 * <ul>
 *   <li>FLORES-101, FLORES-200, FLORES+: a folder, or one with a folder {@code devtest} in it, of a file for each
 *       language: {@code eng.devtest}, {@code eng_Latn.devtest}, {@code devtest.eng_Latn}. Languages may be asked for
 *       by the codes of either, or by BCP 47. FLORES-200 has revised translations of quy, ayr, ceb, kmb and umb: their
 *       scores do not compare with those on FLORES-101.
 *   <li>WMT, as published with the systems of 2022: {@code sources/generaltest2022.en-zh.src.en}, {@code
 *       references/generaltest2022.en-zh.ref.A.zh}, {@code system-outputs/generaltest2022.en-zh.hyp.Online-A.zh}, or
 *       all in one folder; and as sacreBLEU keeps it: {@code wmt22.en-zh.src}, {@code wmt22.en-zh.ref-A}, {@code
 *       wmt22.en-zh.ref}. Reference A counts where nothing else is asked for, else the first by name.
 *   <li>Two files of a pair, for both directions: {@code wikipedia.dev.ne-en.ne}, {@code wikipedia.dev.ne-en.en}.
 *   <li>Rows (JSONL, JSON, CSV, TSV, Parquet) with {@code src_lang}, {@code tgt_lang}, {@code src} and {@code tgt}, of
 *       which the last may be a list; or with texts under codes of languages, all directions between them; or with
 *       these inside of {@code translation}. A column {@code id} is no language (Indonesian is {@code ind}).
 * </ul>
 *
 * <h2>A file of answers</h2>
 *
 * A file of {@link org.bayling.evaluation.results} of the format {@code bayling-answers}. An item's key is the SHA-256
 * (first 32 hexadecimal digits) of how answers are made, the tokens that end them and the ids of the prompt; its fields
 * are {@code {"place":P,"text":X,"tokens":N,"stop_reason":R}}: P says where the segment was read from, X is the answer
 * as it was written, up to the stop string if there was one.
 *
 * <h2>Scores</h2>
 *
 * Of a direction: the metrics (0 to 100; TER may be above), {@code language_correctness} (share of the outputs that
 * could be told which are in the asked language, 0 to 100), and counts of outputs that are {@code empty}, {@code
 * copied} from the source or {@code overlong}. Means over directions follow, each direction counting the same: a score without a
 * source is the mean over all directions into its language, one without a language that over all directions from its
 * source, one without both that over all directions.
 */
package org.bayling.evaluation.translate;
