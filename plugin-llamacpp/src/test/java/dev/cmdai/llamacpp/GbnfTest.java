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
        "root ::= \"a\"{1000} (\"b\"{2} \"c\"{3,}){ 1, 10 }"
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
        "root ::= <[1000]> \"a\"",
        "root ::= !<[4000000]>",
        "root ::= \"a\"{}",
        "root ::= \"a\"{3,2}",
        "root ::= \"a\"{x}",
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root ::= \"a\"{1001}",
        "root ::= \"a\"{0,99999999999999999999}",
        "root ::= ((\"a\"{100} | \"b\"){10,} \"c\"){2}",
        "root ::= \"a\"{100}{100}"
      })
  void tooManyRepeatsAreNamed(String grammar) {
    assertThat(Gbnf.error(grammar))
        .hasValueSatisfying(e -> assertThat(e).contains("repeats something", "at most 1,000"));
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "root ::= " + "(".repeat(100_000) + "\"a\"" + ")".repeat(100_000);
    assertThat(Gbnf.error(deep)).hasValueSatisfying(e -> assertThat(e).contains("nest"));
  }
}
