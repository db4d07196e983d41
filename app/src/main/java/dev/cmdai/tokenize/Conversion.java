package dev.cmdai.tokenize;

/**
 * What is made of what, and how.
 *
 * @param isDecoding ids to text instead of text to ids
 * @param hasSpecial adds the tokens that the model wants around a text; when decoding, leaves them
 *     out
 * @param parsesSpecial reads control tokens written out in a text; when decoding, writes them out
 * @param isJson whether lines are JSON; plain text otherwise
 */
public record Conversion(
    boolean isDecoding, boolean hasSpecial, boolean parsesSpecial, boolean isJson) {}
