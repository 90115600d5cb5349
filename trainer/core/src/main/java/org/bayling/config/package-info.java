/** YAML to checked immutable records: every problem at once, nearest names. Imports nothing of this project. */
package org.bayling.config;
