/** What a corpus is made of: one instruction sample with its origin. */
package org.bayling.corpus.sample;
