/**
 * Text cut into pieces by a SentencePiece model, piece for piece as the original does it: spBLEU rests on that, and
 * Hugging Face's tokenizers normalize differently in rare cases.
 *
 * <p>The file is a protocol buffer, {@code ModelProto}. Read are: 1, the pieces (1 text, 2 score, 3 type: 1 normal, 2
 * unknown, 3 control, 4 user defined, 5 unused, 6 byte); 2, the training's settings (3 kind of model: 1 unigram, 2 BPE; 24
 * white space as a suffix; 35 byte fallback); 3, the normalization (2 its compiled table, 3 a space in front, 4 no
 * superfluous white space, 5 spaces as U+2581). The compiled table is the length of a double array (32 bits, little
 * endian), the array (Darts-clone), and the replacements, each ended by a zero.
 */
package org.bayling.evaluation.sentencepiece;
