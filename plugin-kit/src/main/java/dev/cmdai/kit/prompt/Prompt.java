package dev.cmdai.kit.prompt;

/**
 * A request as the model reads it.
 *
 * @param tokens all tokens, in order
 * @param constantTokens how many of them, from the first on, will be the same in the next request;
 *     fewer than all
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never shared
public record Prompt(int[] tokens, int constantTokens) {}
