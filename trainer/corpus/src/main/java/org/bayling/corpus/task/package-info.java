/**
 * Cross-lingual tasks: what becomes of an item that exists in several languages.
 *
 * <p>{@link org.bayling.corpus.task.CrossLingualTasks} says which {@link org.bayling.corpus.task.Assignment}s an item
 * allows and makes a sample of one. Instructions are in a pivot, English or Chinese; directions are each language to and
 * from each pivot, the pivots to each other, and one language to another through a pivot. Answers are the data's own
 * text or CLDR's; names of languages come from the registry, and nothing wrong is ever an answer: where a translation
 * is to be corrected, the faulty version is the user's.
 *
 * <h2>Frames</h2>
 *
 * <p>One YAML file for each task beside this package's classes, keys {@code en} and {@code zh}, each a list of frames:
 * commands, questions, polite requests. Gaps stand in braces: {@code {source} {target} {via}} are names of languages,
 * {@code {text} {kind} {words} {word} {draft} {question} {options}} what is worked on. No article stands before a language's
 * name, as names begin with any sound. A sample's template is the pool, the pivot and the frame's number from 1:
 * {@code translation-en-7}; of several turns, the frame of the second question. Dictionary tasks have a pool for each
 * kind of thing and each way: {@code dictionary-name-into-zh-3}.
 */
package org.bayling.corpus.task;
