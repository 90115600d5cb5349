/**
 * How near the languages are to each other inside a model: hidden states of translations through its layers.
 *
 * <p>States are made by the engine in this process, and analysed with ND4J in another one (package {@code analysis}),
 * because its OpenMP and BLAS do not go well with libtorch's. They travel in a folder:
 *
 * <ul>
 *   <li>{@code states.json}: what {@link org.bayling.evaluation.alignment.AlignmentStudy} holds;
 *   <li>{@code layer-<i>.f32}, one for each of its layers, counted from 0: fp32, little-endian, [languages, sentences,
 *       hidden_size] without a header, languages and sentences in the order of {@code states.json}.
 * </ul>
 *
 * <p>The analysis puts {@code alignment.json} beside them, see {@link org.bayling.evaluation.alignment.AlignmentJson}.
 */
package org.bayling.evaluation.alignment;
