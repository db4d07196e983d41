/**
 * Renders chat templates: the Jinja subset that Hugging Face models use to turn messages into a
 * prompt. {@link dev.cmdai.chattemplate.ChatTemplate} is the door. Which template belongs to which
 * model, and what the messages say, is decided elsewhere.
 */
@NullMarked
package dev.cmdai.chattemplate;

import org.jspecify.annotations.NullMarked;
