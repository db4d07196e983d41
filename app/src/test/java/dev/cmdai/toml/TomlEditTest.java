package dev.cmdai.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changing one key of a text leaves all others, and every other line, as they are. */
class TomlEditTest {
  private static final int MANY = 20_000;

  private static String set(String text, String key, String value) throws Exception {
    return TomlDocument.parse(text).with(TomlText.parseKey(key), value).text();
  }

  private static String unset(String text, String key) throws Exception {
    return TomlDocument.parse(text).without(TomlText.parseKey(key)).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "'' | a | 'a = 7~'",
        "'a = 1' | a | 'a = 7'",
        "'# why~a   =  1  # because~b = 2~' | a | '# why~a   =  7  # because~b = 2~'",
        "'a = 1' | b | 'a = 1~b = 7~'",
        "'  a = 1~' | b | '  a = 1~  b = 7~'",
        "'# head~' | b | '# head~b = 7~'",
        "'# about t~[t]~x = 1~' | b | 'b = 7~~# about t~[t]~x = 1~'",
        "'# head~~# about t~[t]~' | b | '# head~~b = 7~~# about t~[t]~'",
        "'[t]~x = 1 # why~~[u]~' | t.y | '[t]~x = 1 # why~y = 7~~[u]~'",
        "'[t]~~[u]~' | t.y | '[t]~y = 7~~[u]~'",
        "'a = 1~' | t.y | 'a = 1~~[t]~y = 7~'",
        "'t.x = 1~b = 2~' | t.y | 't.x = 1~t.y = 7~b = 2~'",
        "'[t]~u.v.x = 1~' | t.u.y | '[t]~u.v.x = 1~u.y = 7~'",
        "'[t.u]~x = 1~' | t.y | '[t.u]~x = 1~~[t]~y = 7~'",
        "'t = { x = 1 }~' | t.y | 't = { x = 1, y = 7 }~'",
        "'t = {}~' | t.u.y | 't = { u.y = 7 }~'",
        "'t = { x = 1, y = 2 } # c~' | t.x | 't = { x = 7, y = 2 } # c~'",
        "'[t]~' | 't.\"a b\"' | '[t]~\"a b\" = 7~'",
        "'a = [~  1, # one~]~' | a | 'a = 7~'"
      })
  void setFindsThePlace(String before, String key, String after) throws Exception {
    for (String lineEnd : List.of("\n", "\r\n")) {
      String text = before.replace("~", lineEnd);
      // A text without a line end does not tell which it wants.
      String expected = after.replace("~", text.contains(lineEnd) ? lineEnd : "\n");
      assertThat(set(text, key, "7")).isEqualTo(expected);
      assertThat(set("\uFEFF" + text, key, "7")).isEqualTo("\uFEFF" + expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a = 1' | a | ''",
        "'# why~a = 1 # c~b = 2~' | a | '# why~b = 2~'",
        "'[t]~x = 1~y = 2~' | t.x | '[t]~y = 2~'",
        "'t = { x = 1, y = 2, z = 3 }~' | t.x | 't = { y = 2, z = 3 }~'",
        "'t = { x = 1, y = 2, z = 3 }~' | t.y | 't = { x = 1, z = 3 }~'",
        "'t = { x = 1, y = 2, z = 3 }~' | t.z | 't = { x = 1, y = 2 }~'",
        "'t = { x = \",\" }~' | t.x | 't = {}~'",
        "'t.u.v = 1~' | t.u.v | ''",
        "'a = [~  1, # one~]~b = 2~' | a | 'b = 2~'",
        "'a = 1~' | b | 'a = 1~'"
      })
  void unsetTakesTheLineAway(String before, String key, String after) throws Exception {
    assertThat(unset(before.replace('~', '\n'), key)).isEqualTo(after.replace('~', '\n'));
  }

  @ParameterizedTest
  @CsvSource({"[t], t", "[[t]], t", "[[t]], t.x", "t = 1, t.x", "[t.u], t"})
  void whatIsNoSingleValueIsNotSet(String text, String key) {
    assertThat(catchThrowableOfType(UneditableException.class, () -> set(text, key, "7")))
        .hasMessageContaining("'" + key + "'");
  }

  @Test
  void aTableIsNotUnset() {
    assertThat(catchThrowableOfType(UneditableException.class, () -> unset("[t]\nx = 1", "t")))
        .hasMessageContaining("a table");
  }

  @Test
  void setChangesOneKeyOfAnyDocumentAndNoOtherLine() throws Exception {
    int changed = 0;
    for (int seed = 0; seed < MANY; seed++) {
      Documents documents = new Documents(seed);
      String text = documents.next();
      if (Plain.ours(text).isEmpty()) {
        continue;
      }
      List<String> key = TomlText.parseKey(documents.key());
      String value = documents.value();
      TomlDocument before = TomlDocument.parse(text);
      TomlDocument after;
      try {
        after = before.with(key, value);
      } catch (UneditableException e) {
        continue;
      }
      changed++;
      Object expected = Plain.ours("v = " + value).orElseThrow();
      Object found = Plain.plain(after.find(key).orElseThrow());
      assertThat(Map.of("v", found)).as("%d:\n%s", seed, text).isEqualTo(expected);
      assertThat(without(after, key)).as("%d:\n%s", seed, text).isEqualTo(without(before, key));
      assertThat(Plain.ours(after.text())).isEqualTo(Plain.library(after.text()));
      assertOneRegionDiffers(text, after.text(), before, key);
    }
    assertThat(changed).isGreaterThan(MANY / 4);
  }

  @Test
  void unsetTakesOneKeyOutOfAnyDocument() throws Exception {
    int changed = 0;
    for (int seed = 0; seed < MANY; seed++) {
      String text = new Documents(seed).next();
      if (Plain.ours(text).isEmpty()) {
        continue;
      }
      TomlDocument before = TomlDocument.parse(text);
      for (List<String> key : keys(before.root(), List.of())) {
        TomlDocument after;
        try {
          after = before.without(key);
        } catch (UneditableException e) {
          continue;
        }
        changed++;
        assertThat(after.find(key)).isEmpty();
        assertThat(without(after, key)).as("%d:\n%s", seed, text).isEqualTo(without(before, key));
      }
    }
    assertThat(changed).isGreaterThan(MANY / 4);
  }

  /** All keys that lead to something, tables too. */
  private static List<List<String>> keys(TomlValue.Table table, List<String> prefix) {
    List<List<String>> keys = new ArrayList<>();
    table
        .entries()
        .forEach((name, value) -> {
          List<String> key = new ArrayList<>(prefix);
          key.add(name);
          keys.add(key);
          if (value instanceof TomlValue.Table next) {
            keys.addAll(keys(next, key));
          }
        });
    return keys;
  }

  /** What a text says besides a key; tables with nothing in them count for nothing. */
  private static Object without(TomlDocument document, List<String> key) {
    return without(Plain.plain(document.root()), key);
  }

  private static Object without(Object value, List<String> key) {
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<Object, Object> rest = new TreeMap<>();
    map.forEach((name, entry) -> {
      boolean isOnTheWay = !key.isEmpty() && key.getFirst().equals(name);
      if (isOnTheWay && key.size() == 1) {
        return;
      }
      Object left = without(entry, isOnTheWay ? key.subList(1, key.size()) : List.of());
      if (!left.equals(Map.of())) {
        rest.put(name, left);
      }
    });
    return rest;
  }

  /** A replaced value, or an insertion: nothing before it or behind it has changed. */
  private static void assertOneRegionDiffers(
      String before, String after, TomlDocument document, List<String> key) {
    TomlValue present = document.find(key).orElse(null);
    if (present != null) {
      assertThat(after)
          .startsWith(before.substring(0, present.span().start()))
          .endsWith(before.substring(present.span().end()));
      return;
    }
    int same = 0;
    while (same < before.length() && before.charAt(same) == after.charAt(same)) {
      same++;
    }
    // What was inserted may begin like what follows it.
    int inserted = after.length() - before.length();
    String rest = before.substring(same);
    assertThat(after.substring(same + inserted)).isEqualTo(rest);
  }
}
