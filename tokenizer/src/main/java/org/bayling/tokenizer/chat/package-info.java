/**
 * Conversations to token ids: an interpreter for the part of Jinja2 that chat templates use, and the one renderer that
 * training, evaluation and chat share.
 *
 * <p>Inside the interpreter every string knows for each of its characters whether the template wrote it or which
 * message it came from ({@link org.bayling.tokenizer.chat.Text}). So control tokens are honoured only where the
 * template wrote them, and which tokens are an assistant's answer is known, not searched for.
 *
 * <p>A template comes out of a model's files and is treated as hostile: it sees maps, lists, strings, numbers and
 * booleans only, calls nothing of Java, and its steps, output, nesting and ranges are limited.
 */
package org.bayling.tokenizer.chat;
