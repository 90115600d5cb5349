/** Which language a text is in, as far as that can be told. */
package org.bayling.evaluation.language;
