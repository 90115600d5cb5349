/** The built product from outside: the launcher as a subprocess, its output and its exit code. */
package org.bayling.acceptance;
