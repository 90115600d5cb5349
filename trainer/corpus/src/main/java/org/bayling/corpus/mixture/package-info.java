/**
 * How many samples of each group, language, task and direction a corpus has: whole numbers, decided before anything is
 * written.
 *
 * <p>Shares go down four levels: the corpus to groups, a group to languages, a language to tasks, a task to directions.
 * On each level parts get shares in proportion to their weights, none less than its minimum nor more than its cap, and
 * are rounded by largest remainder ({@link org.bayling.corpus.mixture.Apportionment}); so every figure is within one
 * sample of its exact share. Which of equal remainders is rounded up is drawn by the names of language, task and direction.
 *
 * <table border="1">
 *   <caption>weights of languages inside a group; D_l is what language l has to offer, see
 *     {@link org.bayling.corpus.mixture.Supply}</caption>
 *   <tr><th>temperature</th><td>(D_l / sum of D)^(1/T): 1 is in proportion to size, larger is flatter</td></tr>
 *   <tr><th>unimax</th><td>all alike, until a language has been drawn {@code max_epochs} times; what it cannot take goes
 *     to the others in equal parts (Chung et al. 2023, umT5)</td></tr>
 * </table>
 */
package org.bayling.corpus.mixture;
