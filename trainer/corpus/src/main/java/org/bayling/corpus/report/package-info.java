/** A corpus in one page that needs neither network nor other files. */
package org.bayling.corpus.report;
