/**
 * Writing and proving the shards of a corpus. The format is specified in {@code org.bayling.data}, which reads it.
 *
 * <p>The same samples give the same bytes on every machine: the compressor is pinned, its level fixed, frames hold fixed
 * numbers of samples, and a line's fields have a fixed order.
 */
package org.bayling.corpus.shard;
