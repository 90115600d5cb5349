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
 *   - kind: translation
 *     name: flores-200
 *     data: flores200_dataset # a folder of FLORES, WMT or pairs of files, or rows
 *     split: devtest          # of FLORES
 *     test_set: wmt22         # of WMT, where the folder has several
 *     references: [A]         # of WMT; default A, else the first by name
 *     directions: [en-zh]     # and, or
 *     pivots: [en, zh]        # all from and to these, or
 *     all_directions: false
 *     prompt: bayling-en      # bayling-zh, completion, or a text with {src}, {src_lang}, {tgt_lang}
 *     language_names: en      # or zh, in a text of one's own
 *     apply_chat_template: true      # to a text of one's own
 *     num_fewshot: 0          # and fewshot_sampler, fewshot_seed
 *     fewshot_data: flores200_dataset/dev  # default FLORES's dev, of others the test set itself
 *     num_beams: 5            # and length_penalty; default 1 for completion
 *     max_new_tokens: 1024    # default 256 for completion
 *     repetition_penalty: 1
 *     no_repeat_ngram_size: 0
 *     stop_strings: []        # default a line feed for completion
 *     first_line: false       # of an answer
 *     metrics: [bleu, chrf++] # also spbleu, chrf, ter
 *     tokenize: 13a           # BLEU's; default by language
 *     spm_model: flores200.model     # of spbleu; spm_name: flores200
 *     confidence: true        # intervals by bootstrap
 *     check_language: true    # of outputs
 * </pre>
 */
package org.bayling.evaluation.suite;
