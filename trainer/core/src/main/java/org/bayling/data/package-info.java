/** Shards of text to packed token rows, seekable. */
package org.bayling.data;
