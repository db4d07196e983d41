package dev.cmdai.api.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an inspector found in a model file: sections of single facts that everybody wants to know,
 * and long tables for those who ask for details. Immutable.
 *
 * <p>Sections that fit most formats are {@code file}, {@code model} and {@code tokenizer}; an
 * inspector leaves out what its format does not tell.
 *
 * <pre>{@code
 * ModelFacts.builder()
 *     .section("file", List.of(new Fact("format", "GGUF", "GGUF")))
 *     .section("model", List.of(new Fact("context_length", 32_768L, "32,768 tokens")))
 *     .build();
 * }</pre>
 */
public final class ModelFacts {
  private final List<Section> sections;
  private final List<Table> tables;

  private ModelFacts(Builder builder) {
    sections = List.copyOf(builder.sections);
    tables = List.copyOf(builder.tables);
  }

  /**
   * Facts of one subject.
   *
   * @param name as in {@link Fact}; unique among the sections and tables of a model
   * @param facts in the order in which people want them
   */
  public record Section(String name, List<Fact> facts) {
    /** Checks the name and copies the list. */
    public Section {
      Fact.requireName(name);
      facts = List.copyOf(facts);
      Set<String> names = new HashSet<>();
      for (Fact fact : facts) {
        if (!names.add(fact.name())) {
          throw new IllegalArgumentException(
              "section '" + name + "' has two facts called '" + fact.name() + "'");
        }
      }
    }
  }

  /**
   * Many things of one kind, such as tensors.
   *
   * @param name as in {@link Section}
   * @param rows one list of facts for each thing, with the same names in the same order
   */
  public record Table(String name, List<List<Fact>> rows) {
    /** Checks the name and copies the lists. */
    public Table {
      Fact.requireName(name);
      rows = rows.stream().map(List::copyOf).toList();
      List<String> names = names(rows.isEmpty() ? List.of() : rows.getFirst());
      for (List<Fact> row : rows) {
        if (!names(row).equals(names)) {
          throw new IllegalArgumentException(
              "table '" + name + "' has rows " + names + " and " + names(row));
        }
      }
    }

    private static List<String> names(List<Fact> row) {
      return row.stream().map(Fact::name).toList();
    }
  }

  /**
   * Starts without any facts.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What everybody wants to know.
   *
   * @return an immutable list, in the order in which it was built
   */
  public List<Section> sections() {
    return sections;
  }

  /**
   * The details.
   *
   * @return an immutable list, in the order in which it was built
   */
  public List<Table> tables() {
    return tables;
  }

  /** Builds {@link ModelFacts}. Not thread-safe. */
  public static final class Builder {
    private final List<Section> sections = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private Builder() {}

    /**
     * Adds a section.
     *
     * @param name such as {@code tokenizer}
     * @param facts in the order in which people want them
     * @return this builder
     */
    public Builder section(String name, List<Fact> facts) {
      sections.add(new Section(unique(name), facts));
      return this;
    }

    /**
     * Adds a table.
     *
     * @param name such as {@code tensors}
     * @param rows one list of facts for each thing, with the same names in the same order
     * @return this builder
     */
    public Builder table(String name, List<List<Fact>> rows) {
      tables.add(new Table(unique(name), rows));
      return this;
    }

    private String unique(String name) {
      if (!names.add(name)) {
        throw new IllegalArgumentException("there is a section or table '" + name + "' already");
      }
      return name;
    }

    /**
     * Builds the facts.
     *
     * @return the facts
     */
    public ModelFacts build() {
      return new ModelFacts(this);
    }
  }
}
