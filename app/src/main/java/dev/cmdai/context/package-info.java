/**
 * What is known about the machine and the folder a command is for: operating system, shell, tools.
 * Found by looking at files and variables, never by starting a process.
 */
@NullMarked
package dev.cmdai.context;

import org.jspecify.annotations.NullMarked;
