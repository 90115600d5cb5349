/**
 * Named tensors in files, knowing no architecture beyond the names and row order of Llama in GGUF: safetensors, GGUF,
 * Hugging Face model directories and PEFT adapter directories.
 *
 * <p>Everything read may come from anywhere. A file is checked before anything of it is used, every failure is one of
 * the {@link org.bayling.io.FileFormatException}s and names the file, the tensor or key, what was found and what was
 * expected, and nothing in a file can make a reader allocate more than the file is long (plus a small factor).
 *
 * <h2>Safetensors</h2>
 *
 * <table>
 * <caption>Layout</caption>
 * <tr><td>8 bytes</td><td>N, the length of the header, unsigned little-endian, at most 100,000,000</td></tr>
 * <tr><td>N bytes</td><td>one JSON object in UTF-8, spaces allowed around it</td></tr>
 * <tr><td>rest</td><td>the bytes of the tensors</td></tr>
 * </table>
 *
 * The object maps names to {@code {"dtype", "shape", "data_offsets": [begin, end]}}, offsets counted from the end of the
 * header; {@code __metadata__} maps strings to strings. Read strictly: no duplicate or unknown keys, known dtypes only,
 * sizes that follow from dtype and shape, and tensors that tile the rest of the file without hole, overlap or trailing
 * bytes. Empty tensors and scalars are allowed. Unlike the reference reader, keys of a tensor other than the three are
 * errors, and dtypes outside of {@link org.bayling.numeric.DType} are refused by name.
 *
 * <p>Written: metadata first with sorted keys, tensors by alignment (largest first) and then by name in UTF-8, header
 * padded with spaces so that the tensors begin on a multiple of 8. The bytes equal those of Hugging Face's writer.
 *
 * <h2>Hugging Face model directory</h2>
 *
 * {@code config.json}, {@code generation_config.json}, {@code model.safetensors} or {@code model-00001-of-0000n}
 * shards with {@code model.safetensors.index.json}, tokenizer, chat template and licence files copied as they are. One
 * file wins over an index. An index must agree with its shards both ways and may name only files beside it. Pickled
 * weights are never read. Unknown keys of the config survive; {@code torch_dtype} follows the weights written.
 *
 * <h2>GGUF</h2>
 *
 * Versions 2 and 3, little-endian, architecture {@code llama}. Tensors follow each other in the order of their offsets
 * with only alignment padding in between, up to the end of the file. Types: F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1,
 * Q4_K, Q5_K, Q6_K; the others are refused by name. At most 10^6 keys and tensors, strings of 16 MiB, arrays of 4 million
 * values, no arrays in arrays.
 *
 * <p>Tensors carry Hugging Face's names; q and k rows are put back from llama.cpp's order (pairs of neighbours) into
 * Hugging Face's (halves). The config derived from the metadata:
 *
 * <table>
 * <caption>config.json from GGUF</caption>
 * <tr><td>sizes</td><td>{@code embedding_length}, {@code feed_forward_length}, {@code block_count},
 * {@code attention.head_count}, {@code attention.head_count_kv} (absent: all heads), {@code attention.key_length}
 * (absent: embedding / heads; value length and rotated dimensions must be the same), vocabulary from the embedding's
 * rows</td></tr>
 * <tr><td>{@code tie_word_embeddings}</td><td>true when there is no {@code output.weight}</td></tr>
 * <tr><td>{@code torch_dtype}</td><td>the type shared by all matrices; float32 for quantised ones</td></tr>
 * <tr><td>{@code rms_norm_eps}, {@code rope_theta}</td><td>the shortest decimal that is the same fp32</td></tr>
 * <tr><td>{@code rope_scaling}</td><td>type and factor from {@code rope.scaling.*}; for yarn the original context. A
 * {@code rope_freqs.weight} is compared with the divisors of a llama3 scaling (factor = the largest divisor,
 * low_freq_factor 1, high_freq_factor 4, original context 8192 or as given): equal within 1e-4, the config says that
 * scaling; otherwise the file is refused</td></tr>
 * </table>
 *
 * <h2>PEFT adapter directory</h2>
 *
 * {@code adapter_config.json} (keys sorted, {@code target_modules} sorted), {@code adapter_model.safetensors} with
 * PEFT's names ({@link org.bayling.checkpoint.AdapterKeys}), {@code README.md}. Read with the meaning of PEFT 0.21:
 * LoRA, rsLoRA, DoRA, rank and alpha patterns, excluded modules, chosen layers, fully trained modules. Whatever else would
 * change the result is refused by its key.
 */
package org.bayling.checkpoint;
