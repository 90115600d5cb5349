/**
 * From a recipe to a corpus: sources are read and filtered, the mixture is planned, samples are made, shuffled on disk and
 * written as shards. {@link org.bayling.corpus.build.CorpusBuild} is the door.
 *
 * <h2>Stages</h2>
 *
 * <table border="1">
 *   <caption>what lies in {@code DIR.building/} until {@code DIR} is published</caption>
 *   <tr><th>1 gather</th><td>{@code items.zst}: the items that the filters leave, one after another;
 *     {@code gathered.json}: the key of sources, filters and inputs, what cells have to offer, scripts, losses of the filters</td></tr>
 *   <tr><th>2 generate</th><td>{@code buckets/}: samples in no order, each with its place in the corpus;
 *     {@code generating.json}, now and then: how many are made, and how far each bucket is written;
 *     {@code generated.json}, at the end: what was made</td></tr>
 *   <tr><th>3 write</th><td>{@code corpus/}: shards; {@code written/}: for each finished shard its checksum</td></tr>
 *   <tr><th>4 publish</th><td>{@code corpus/} gets its manifest, then the name {@code DIR}</td></tr>
 * </table>
 *
 * <p>A stage whose file is there is not done again, stage 2 goes on from where it was marked, and finished shards are
 * kept; what is kept was verified by its checksum, and a file of another key is removed. A recipe that differs in its
 * mixture alone goes on with what was read. What a kill leaves is thus finished
 * by the same command, with the same bytes. Stage 1 alone begins anew, as its filters remember all that they have seen.
 *
 * <h2>In parts</h2>
 *
 * <p>{@link org.bayling.corpus.build.PartedBuild} and {@link org.bayling.corpus.build.PartWork} are the same build for
 * work that is spread over machines. A part is 1024 items of a source before the filters; its files lie in
 * {@code DIR.building/parts/}, see {@code PartFiles}. {@code inputs_sha256} of a manifest is SHA-256 over the SHA-256 of
 * each part's remaining items, so that both builds find it.
 *
 * <h2>Order</h2>
 *
 * <p>A candidate is an item (or three consecutive ones) in one task and direction. The k-th candidate of a cell is drawn
 * in pass e where a seeded permutation puts it among the first {@code samples - e x candidates}; this needs no list of
 * candidates. Every draw has a slot, and a second permutation over all slots says its place in the corpus. Nothing depends
 * on threads, and no more than a bucket for each thread is in memory.
 *
 * <h2>Recipe</h2>
 *
 * <pre>{@code
 * seed: 1
 * root: ../shared                 # before relative paths; default: the current directory
 * sources:
 *   - {id, kind: instructions, licence, path, format: alpaca | sharegpt | messages | prompt_completion, language?,
 *      group?: zh | en | cross-lingual, columns?: {ours: theirs}}
 *   - {id, kind: parallel, licence, path, format: lines | tsv | jsonl | tmx, languages?: [fr, en],
 *      content?: sentence | document | name | number | date}
 *   - {id, kind: multi_parallel, licence, path, format: flores | declarations, languages?: [...]}
 *   - {id, kind: choice, licence, path, language?}
 *   - {id, kind: cldr, licence, categories?: [...], languages?: [...], largest_number?, dates?}
 * decontaminate:                  # what shares a run of words with these is removed
 *   - {name, path, format: lines | flores | xcopa | jsonl, fields?: [...]}
 * quality: {...}                  # org.bayling.corpus.quality.QualityRecipe, keys in snake case; or none
 * mixture:
 *   samples: 3200000
 *   groups: {zh: 43.2, en: 26.2, cross-lingual: 30.6}
 *   sampling: temperature | unimax
 *   temperature: 1.5
 *   max_epochs: 4                 # or by group: {zh: 4, en: 4, cross-lingual: 2}
 *   min_samples_per_language: 0
 *   below_minimum: error | drop | keep
 *   tasks: {translation: 2}       # 1 where not named, 0 leaves out
 *   directions: {L-en: 1, en-L: 1, L-zh: 1, zh-L: 1, en-zh: 1, zh-en: 1, L-L: 1, L: 1}
 * samples_per_shard: 16384
 * samples_per_frame: 64
 * }</pre>
 */
package org.bayling.corpus.build;
