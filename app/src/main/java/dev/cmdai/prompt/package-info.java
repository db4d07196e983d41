/**
 * From what the user typed to what a model is asked, and from its reply to one command. Which model
 * answers, and whether the command is harmless, is decided elsewhere.
 */
@NullMarked
package dev.cmdai.prompt;

import org.jspecify.annotations.NullMarked;
