/**
 * Instruction corpora: languages, facts about them, and the questions made of both.
 *
 * <h2>How a nano model can improve on what it was not tuned on</h2>
 *
 * <p>The nano base ({@link org.bayling.corpus.NanoBase}, 2.2 million parameters) learns from plain statements what
 * things are called in 42 languages ({@link org.bayling.corpus.NanoCorpus}): {@code "Germany" in French:Allemagne},
 * in several wordings, in either order, from English and from Chinese. It never sees a question, a role, or an answer
 * that ends. Tuning shows it questions and answers about some of the things
 * ({@link org.bayling.corpus.CldrInstructions}). It is examined on others
 * ({@link org.bayling.corpus.NanoSelection}), held out as whole items in every language at once:
 *
 * <ul>
 *   <li>names (territories, languages, currencies, units, months, weekdays): the fact stands in the base's text and in
 *       no instruction, so that only the habit of answering can be carried over from tuning;
 *   <li>some numbers between 21 and 99 and a tenth of all dates: they stand neither in the base's text nor in any
 *       instruction, so that the answer has to be composed from parts seen elsewhere.
 * </ul>
 *
 * <p>Measured with the shipped base and {@code configs/quickstart.yaml} on two CPU cores: 336 held-out questions, exact
 * match 0.0 % before and 29.5 % after (names 25 to 48 %, dates 21 %, numbers 11 %), chrF2 3.7 and 34.2.
 *
 * <p>All answers come from CLDR through ICU4J, none is written by hand.
 *
 * <h2>Files</h2>
 *
 * <p>Instructions are JSONL in format {@code alpaca}, UTF-8, one object a line: {@code instruction}, {@code output};
 * {@code language} (BCP 47, the side that is not the pivot), {@code task} (a category of
 * {@link org.bayling.corpus.CldrItem}), {@code direction} ({@code en-fr}: asked in English, answered in French;
 * {@code fr-zh}: asked in Chinese about French, answered in Chinese), {@code item} ({@code territory/DE}),
 * {@code template} (which frame was filled). {@code choices.jsonl} has the questions of {@code held-out.jsonl} with
 * four options each, for {@code eval choice --task multiple_choice}.
 *
 * <p>The base's text is JSONL in format {@code messages}, one document a line as a single assistant's message, and is
 * trained with the template {@code raw}: every token of it and the end-of-text token, no role.
 */
package org.bayling.corpus;
