package org.bayling.tokenizer;

/**
 * One entry of {@code added_tokens} in a tokenizer.json.
 *
 * @param id         token id
 * @param content    the string that stands for it
 * @param special    a control token: never the meaning of ordinary text
 * @param lstrip     takes the white space before it along
 * @param rstrip     takes the white space after it along
 * @param singleWord matches only where no letter, digit or underscore touches it
 */
public record AddedToken(int id, String content, boolean special, boolean lstrip, boolean rstrip, boolean singleWord) {}
