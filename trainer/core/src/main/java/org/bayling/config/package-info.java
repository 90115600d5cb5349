/**
 * YAML to checked immutable records: every problem at once, nearest names. Imports nothing of this project.
 *
 * <p>A configuration is one UTF-8 YAML mapping of at most 1 MiB. Its keys are those of LLaMA-Factory and of the
 * Hugging Face Trainer; names that axolotl, TRL, litgpt, mlx-lm and torchtune use for the same thing are read with a
 * notice, and keys that mean something else there are refused with a reason. {@link org.bayling.config.ConfigDocs}
 * prints the table, {@link org.bayling.config.JsonSchema} gives it to editors.
 *
 * <ul>
 *   <li>Scalars stay text until the type of their key is known: {@code language: no} is Norwegian, {@code packing: no}
 *       is false. Truth values are {@code true/false, yes/no, on/off} in any case; numbers may be quoted.
 *   <li>Tags, merge keys and keys written twice are refused; anchors are followed within limits.
 *   <li>A key without value, or with {@code null}, has its default.
 *   <li>Relative paths are taken from the current directory, as in LLaMA-Factory.
 *   <li>{@code key=value} arguments come after the file; {@code datasets.0.weight=2} reaches into lists.
 * </ul>
 *
 * <p>The way of a file: {@code YamlTree} (text to nodes with lines), {@code Overrides}, {@code KeyTable} by
 * {@code ConfigKeys} (names, words and types to {@code Settings}), {@code Rivals} and {@code CrossRules} (what must
 * hold between keys), {@code RunConfigAssembly} (records), {@code NativeSettings} and
 * {@link org.bayling.config.ResolvedSettings} (back to YAML).
 */
package org.bayling.config;
