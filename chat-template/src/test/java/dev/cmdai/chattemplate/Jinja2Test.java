package dev.cmdai.chattemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Small templates against what Jinja2 made of them: see {@code src/test/oracle/record.py}. */
class Jinja2Test {
  /** The time that the recording script gives to {@code strftime_now}. */
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 5, 9, 30, 7);

  /** Valid in Jinja2, refused by name here. */
  private static final Set<String> NOT_SUPPORTED =
      Set.of(
          "{{ '{:+d} {: d} {:e}'.format(3, 4, 5.0) }}",
          "{{ 'abc' is filter }}",
          "{{ cycler }}",
          "{{ self }}",
          "{{ (('<a&b>' | safe)) % ([1, 'a', none]) }}",
          "{{ (('<a&b>' | safe)) % (range(4)) }}");

  @TestFactory
  List<DynamicTest> rendersAsJinja2() throws IOException {
    Map<String, Object> recorded = Cases.object(Cases.resource("jinja2.json"));
    Map<String, Object> variables = Cases.map(recorded.get("variables"));
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, Object> one : Cases.objects(recorded.get("cases"))) {
      String template = String.valueOf(one.get("template"));
      tests.add(DynamicTest.dynamicTest(template, () -> check(template, one, variables)));
    }
    assertThat(tests).hasSizeGreaterThan(1000);
    return tests;
  }

  private static void check(
      String template, Map<String, Object> recorded, Map<String, Object> variables) {
    if (NOT_SUPPORTED.contains(template)) {
      assertThatThrownBy(() -> ChatTemplate.parse(template).render(variables, NOW))
          .isInstanceOf(ChatTemplateException.Unsupported.class);
    } else if (recorded.containsKey("text")) {
      assertThat(ChatTemplate.parse(template).render(variables, NOW))
          .isEqualTo(recorded.get("text"));
    } else {
      assertThatThrownBy(() -> ChatTemplate.parse(template).render(variables, NOW))
          .isInstanceOf(ChatTemplateException.class);
    }
  }
}
