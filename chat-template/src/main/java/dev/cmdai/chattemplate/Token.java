package dev.cmdai.chattemplate;

/** A piece of template source: its kind, its text (unescaped for strings) and its line. */
record Token(Kind kind, String text, int line) {

  enum Kind {
    DATA,
    VARIABLE_BEGIN,
    VARIABLE_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  /** How an error message calls this token. */
  String description() {
    return switch (kind) {
      case DATA -> "template text";
      case VARIABLE_BEGIN -> "'{{'";
      case VARIABLE_END -> "end of print statement '}}'";
      case BLOCK_BEGIN -> "'{%'";
      case BLOCK_END -> "end of statement block '%}'";
      case STRING -> "a string";
      case NAME, INTEGER, FLOAT, OPERATOR -> "'" + text + "'";
      case END -> "end of template";
    };
  }
}
