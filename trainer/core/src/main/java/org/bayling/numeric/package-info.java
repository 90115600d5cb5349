/** What a number is on disk and on the device, and seeded randomness. Imports nothing of this project. */
package org.bayling.numeric;
