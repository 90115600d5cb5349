/**
 * Evaluations of several tasks, run one after another on one model.
 *
 * <h2>A suite</h2>
 *
 * YAML. Paths are relative to {@code data_dir}, and that to the current directory.
 *
 * <pre>
 * name: english               # of the results
 * data_dir: ../data
 * limit: 100                  # only so many questions or documents of each language; default all
 * tasks:
 *   - kind: choice
 *     name: arc_easy          # default that of the task
 *     task: arc               # arc, belebele, ...: which questions these are
 *     data: ARC-Easy/test.jsonl      # files, folders, globs
 *     languages: [en]         # default all that there are
 *     num_fewshot: 25
 *     fewshot_data: ARC-Easy/train.jsonl   # default the questions themselves
 *     fewshot_sampler: random # or first_n; default the task's own
 *     fewshot_seed: 1234
 *     metrics: [acc, acc_norm]       # default the task's own
 *     apply_chat_template: false
 *     fewshot_as_multiturn: false
 *     max_length: 4096        # tokens; default what the model can read
 *   - kind: perplexity
 *     name: news
 *     data: news.zh.txt
 *     documents: file         # or line: what is a document in plain text
 *     text_field: text        # of rows
 *     language_field: language
 * </pre>
 */
package org.bayling.evaluation.suite;
