/**
 * Bytes on disk: read-only mappings, checksums, files and directories that are complete or absent, and the run lock.
 *
 * <h2>How something is published</h2>
 *
 * <ol>
 *   <li>A directory {@code name} is written as {@code name.tmp-<uuid>} beside its final place, each file forced to disk
 *       ({@code fsync}) when it is closed, its length, CRC32C and SHA-256 taken while the bytes go by.
 *   <li>A manifest, where there is one, is the last file written, so that a directory with a valid manifest is complete.
 *   <li>The directory itself is forced, renamed in one step ({@code ATOMIC_MOVE}), and its parent is forced.
 * </ol>
 *
 * A single file takes the same way: {@code name.tmp-<uuid>}, forced, renamed, parent forced. Whatever carries
 * {@code .tmp-<uuid>} in its name was never published and may be removed by anyone who holds the lock of the run.
 *
 * <h2>The lock of a run</h2>
 *
 * {@link org.bayling.io.RunLock} keeps an operating-system lock on the empty file {@code .lock}; {@code .lock-owner}
 * beside it says who holds it in the lines {@code pid=}, {@code host=} and {@code started=}. The lock, not the text,
 * decides: the system drops it when its process dies, so what a killed process leaves behind does not stand in the way.
 *
 * <p>Imports nothing of this project.
 */
package org.bayling.io;
