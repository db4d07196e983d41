package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GbnfTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "root ::= \"a\"",
        "root ::= [a-z]+ (\"x\" | item)* .? # comment\n"
            + "item ::= \"\\x41\\u00e9\\\"\" | [^\\]\\\\]{2,3}",
        "# first\n\nroot  ::= (\n  \"a\" |\n  \"b\"\n)\n",
        "root ::= object\nobject ::= \"{\" ws \"}\"\nws ::= [ \\t\\n]*",
        "root ::= \"a\" | ",
        "root ::= <[1000]> \"a\""
      })
  void goodGrammarsPass(String grammar) {
    assertThat(Gbnf.error(grammar)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "root",
        "root ::= (",
        "root ::= (\"a\"",
        "root ::= \"a",
        "root ::= [a-z",
        "root ::= \"\\q\"",
        "root ::= \"\\x4\"",
        "root ::= *",
        "root ::= \"a\" )",
        "root ::= missing",
        "start ::= \"a\"",
        "root ::= \"a\"{2",
        "root ::= \"a\0\"",
        "root = \"a\""
      })
  void badGrammarsAreNamed(String grammar) {
    assertThat(Gbnf.error(grammar)).isPresent();
  }

  @Test
  void errorSaysWhere() {
    assertThat(Gbnf.error("root ::= \"a\"\nb ::= (\"c\""))
        .hasValue("line 2, column 11: expected )");
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "root ::= " + "(".repeat(100_000) + "\"a\"" + ")".repeat(100_000);
    assertThat(Gbnf.error(deep)).hasValueSatisfying(e -> assertThat(e).contains("nest"));
  }
}
