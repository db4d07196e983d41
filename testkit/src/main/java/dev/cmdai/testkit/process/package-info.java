/**
 * What the contracts need to know of, and do to, a whole process: no sockets, what it has mapped
 * and read, how much memory it holds. Runs in child processes of a test; knows no backend.
 */
@NullMarked
package dev.cmdai.testkit.process;

import org.jspecify.annotations.NullMarked;
