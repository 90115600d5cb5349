/** Run events and where they go. Imports numeric and io only. */
package org.bayling.observe;
