/** Cross-lingual tasks: what becomes of an item that exists in several languages. */
package org.bayling.corpus.task;
