package dev.cmdai.prompt;

/**
 * Describes the reply {@code {"cmd":"…"}} to backends that can hold a model to a form.
 *
 * <p>The grammar leaves no escape but {@code \"} and {@code \\}. A small model that begins {@code
 * \n}, {@code \t} or {@code \.} nearly always means a backslash in the command ({@code printf
 * 'a\n'}), and is so led to write {@code \\n}, which says just that.
 */
final class ReplyFormat {
  private static final String CHARACTERS =
      """
      characters ::= character*
      character ::= [^"\\\\\\x00-\\x1F\\x7F] | "\\\\" ["\\\\]
      """;

  /** GBNF for a whole reply. */
  static final String GRAMMAR =
      "root ::= \"{\\\"cmd\\\":\\\"\" characters \"\\\"}\"\n" + CHARACTERS;

  /** GBNF for what follows the prefix, the reply up to its first letter of the command. */
  static final String GRAMMAR_AFTER_PREFIX = "root ::= characters \"\\\"}\"\n" + CHARACTERS;

  /** A JSON schema for a whole reply. */
  static final String JSON_SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"cmd\":{\"type\":\"string\"}},"
          + "\"required\":[\"cmd\"],\"additionalProperties\":false}";

  private ReplyFormat() {}
}
