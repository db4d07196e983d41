/**
 * The command line: options in, command or JSON on standard output, talk on standard error, exit
 * code out. What a subcommand does lives in the features.
 */
@NullMarked
package dev.cmdai.cli;

import org.jspecify.annotations.NullMarked;
