/**
 * Corpora built on Apache Spark: {@link org.bayling.spark.CorpusBuildJob} is the program, and the only package of the
 * project that knows Spark. The work itself is {@link org.bayling.corpus.build.PartedBuild} and
 * {@link org.bayling.corpus.build.PartWork}, with the bytes of a build on one machine as their result.
 *
 * <h2>Steps</h2>
 *
 * <table border="1">
 *   <caption>each is a Spark job, but for those of the driver</caption>
 *   <tr><th>read</th><td>a task a source: its items, in parts of 1024</td></tr>
 *   <tr><th>judge</th><td>parts: the filters that look at each item alone; of what is left a few numbers for each item</td></tr>
 *   <tr><th>driver</th><td>exact and near duplicates, by these numbers in source order</td></tr>
 *   <tr><th>keep</th><td>parts: what is left</td></tr>
 *   <tr><th>count</th><td>parts: candidates of each cell</td></tr>
 *   <tr><th>driver</th><td>the mixture, and how many candidates of each cell come before each part</td></tr>
 *   <tr><th>make, write</th><td>parts to samples with their places, shuffled and sorted by place to one task a shard</td></tr>
 *   <tr><th>driver</th><td>manifest, then the corpus gets its name</td></tr>
 * </table>
 *
 * <p>Parts and shards lie in {@code DIR.building}, beside the corpus, on a file system that the driver and all executors
 * see under the same path, as do the sources; what is shuffled lies where Spark puts it. A task that is run again, by
 * Spark after a failure or beside a slow one, leaves the same files. A job that was killed goes on by the same command:
 * with the mixture, if it had come so far, else from the beginning.
 */
package org.bayling.spark;
