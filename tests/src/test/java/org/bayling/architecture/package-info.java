/** What design.md says of packages, kept by a test. */
package org.bayling.architecture;
