package dev.cmdai.generate;

import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.Sampling;
import dev.cmdai.context.Context;
import dev.cmdai.prompt.RequestText;
import dev.cmdai.safety.SafetyContext;

/**
 * What the user wants to know, and within which limits.
 *
 * @param request the words
 * @param input what was piped in
 * @param context what the command is for
 * @param safety where the command would run, and how much the user wants to be asked
 * @param sampling how the model chooses its words
 * @param maxTokens the most tokens to generate
 * @param deadline when to give up
 * @param cancellation turned by Ctrl-C
 */
public record Inquiry(
    RequestText request,
    ContextInput input,
    Context context,
    SafetyContext safety,
    Sampling sampling,
    int maxTokens,
    Deadline deadline,
    Cancellation cancellation) {}
