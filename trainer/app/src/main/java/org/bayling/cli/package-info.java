/**
 * The command line: one small class per verb, exit codes, and nothing else.
 *
 * <p>{@link org.bayling.cli.Main} is the only class that ends the process and the only one that touches the standard
 * streams; commands print to the writers that {@link org.bayling.cli.Cli} hands them. Arithmetic, formats and rules live
 * in the packages below; a command reads its options, calls one of them and prints. picocli is used here only.
 *
 * <p>Exit codes: {@link org.bayling.cli.ExitCodes}.
 */
package org.bayling.cli;
