/**
 * The remote backend: finds servers, asks their models, and says in words what goes wrong. How
 * bytes get there and back is {@code dev.cmdai.http}'s; what a command is, the host's.
 */
@NullMarked
package dev.cmdai.remote;

import org.jspecify.annotations.NullMarked;
