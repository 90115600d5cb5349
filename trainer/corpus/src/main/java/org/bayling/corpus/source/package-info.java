/** Raw data as it comes: instruction sets, parallel and multi-parallel text, multiple choice. */
package org.bayling.corpus.source;
