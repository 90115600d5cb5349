package org.bayling.data;

/**
 * A conversation to token ids, with the knowledge of which of them are trained: the tokenizer, the chat template and
 * the masking rules of a run. Called by several threads at once.
 */
public interface SampleEncoder {

    /**
     * What the ids depend on besides the sample: hashes of the tokenizer and of the template, and the masking keys. Two
     * encoders of equal fingerprint give equal ids for every sample.
     */
    String fingerprint();

    /**
     * Encodes the whole conversation, without cutting it.
     *
     * @throws BadRowException when the template refuses the conversation
     */
    EncodedSample encode(Sample sample) throws BadRowException;

    /** UTF-8 bytes of text that the trained tokens of a sample stand for; control tokens stand for none. */
    int trainedBytes(EncodedSample sample);
}
