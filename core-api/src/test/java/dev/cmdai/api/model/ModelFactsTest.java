package dev.cmdai.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Facts that no host could print are refused where an inspector makes them. */
class ModelFactsTest {
  private static Fact fact(String name) {
    return new Fact(name, 1L, "one");
  }

  @Test
  void keepsSectionsFactsAndRowsInOrder() {
    ModelFacts facts =
        ModelFacts.builder()
            .section("model", List.of(fact("b"), fact("a")))
            .section("file", List.of())
            .table("tensors", List.of(List.of(fact("y"), fact("x"))))
            .build();
    assertThat(facts.sections())
        .extracting(ModelFacts.Section::name)
        .containsExactly("model", "file");
    assertThat(facts.sections().getFirst().facts())
        .extracting(Fact::name)
        .containsExactly("b", "a");
    assertThat(facts.tables().getFirst().rows()).containsExactly(List.of(fact("y"), fact("x")));
  }

  @Test
  void valuesMayBeAnythingThatJsonHas() {
    assertThat(new Fact("x", List.of(1, 2.5, "a", true, Map.of("k", List.of())), "").name())
        .isEqualTo("x");
  }

  @Test
  void aValueWithoutJsonFormIsRefused() {
    for (Object value : List.of(Path.of("x"), Double.NaN, Map.of(1, 2), List.of('c'))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Fact("x", value, ""))
          .withMessageStartingWith("x has a value without a JSON form");
    }
  }

  @Test
  void aValueThatHoldsItselfIsRefused() {
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    assertThatIllegalArgumentException().isThrownBy(() -> new Fact("x", circle, ""));
  }

  @Test
  void namesAreKeys() {
    for (String name : List.of("", "Context", "context length", "1st")) {
      assertThatIllegalArgumentException().isThrownBy(() -> fact(name)).withMessageContaining(name);
    }
  }

  @Test
  void nothingIsNamedTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelFacts.Section("s", List.of(fact("a"), fact("a"))))
        .withMessageContaining("'a'");
    ModelFacts.Builder builder = ModelFacts.builder().section("tensors", List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.table("tensors", List.of()))
        .withMessageContaining("'tensors'");
  }

  @Test
  void rowsOfATableHaveTheSameColumns() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ModelFacts.Table("t", List.of(List.of(fact("a")), List.of(fact("b")))))
        .withMessageContaining("[a] and [b]");
  }
}
