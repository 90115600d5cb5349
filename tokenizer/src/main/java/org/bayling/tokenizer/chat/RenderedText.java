package org.bayling.tokenizer.chat;

/** Text of a rendered template. */
public record RenderedText(Text text) {}
