/**
 * From a request to the tokens that a model reads: its chat template, and texts of people that
 * cannot steer it. What splits texts into tokens is a {@link
 * dev.cmdai.kit.prompt.PromptVocabulary}.
 */
@NullMarked
package dev.cmdai.kit.prompt;

import org.jspecify.annotations.NullMarked;
