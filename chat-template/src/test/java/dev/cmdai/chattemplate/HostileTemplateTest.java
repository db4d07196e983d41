package dev.cmdai.chattemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cmdai.chattemplate.ChatTemplateException.LimitExceeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Templates that want all the time, stack or memory there is. */
class HostileTemplateTest {
  private static final String TWO_MILLION = "{% set big = 'a' * 2000000 %}";

  @TestFactory
  List<DynamicTest> endsAtALimit() {
    return List.of(
        hostile("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"),
        hostile("{% for a in range(99999) %}{{ 'x' * 1000 }}{% endfor %}"),
        hostile("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"),
        hostile("{% macro f(x) %}{{ f(x + [x]) }}{% endmacro %}{{ f([]) }}"),
        hostile("{% macro f() %}{% call f() %}{{ caller() }}{% endcall %}{% endmacro %}{{ f() }}"),
        hostile("{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}"),
        hostile("{{ 'a' * 1000000000 }}"),
        hostile("{{ 'abc' * 9223372036854775807 }}"),
        hostile("{{ [0] * 1000000000 }}"),
        hostile("{{ 2 ** 1000000 }}"),
        hostile("{{ 9223372036854775807 + 1 }}"),
        hostile("{{ range(1000000000) }}"),
        hostile("{{ range(-9223372036854775807, 9223372036854775807) }}"),
        hostile(doubling("ns.x + ns.x", "'a'") + "{{ ns.x }}"),
        hostile(doubling("ns.x + ns.x", "['a']") + "{{ ns.x }}"),
        hostile(doubling("[ns.x, ns.x]", "'a'") + "{{ ns.x }}"),
        hostile(doubling("[ns.x, ns.x]", "'a'") + "{{ ns.x | tojson }}"),
        hostile(doubling("[ns.x, ns.x]", "'a'") + "{% set y = ns.x %}{{ [y, 1] == [y, 2] }}"),
        hostile("{% set ns = namespace() %}{% set ns.x = ns %}{{ ns }}"),
        hostile("{% set ns = namespace() %}{% set ns.x = [ns] %}{{ ns.x }}"),
        hostile("{{ 'x' | center(1000000000) }}"),
        hostile("{{ 'x'.zfill(1000000000) }}"),
        hostile("{{ 'a\\nb' | indent(1000000000) }}"),
        hostile("{{ '%999999999d' % 1 }}"),
        hostile("{{ '%.999999999f' % 1.5 }}"),
        hostile("{{ '{:>999999999}'.format(1) }}"),
        hostile("{{ ('a' * 10000).replace('', 'b' * 100000) }}"),
        hostile("{{ ('a' * 100000).join(['b'] * 10000) }}"),
        hostile("{{ [1] | batch(1000000000, 'x') | list }}"),
        hostile("{{ [1] | slice(1000000000) | list }}"),
        hostile(TWO_MILLION + "{{ (big ~ 'b') in (big ~ big) }}"),
        hostile(TWO_MILLION + repeated("{{ (big | length) and '' }}")),
        hostile(TWO_MILLION + repeated("{{ big[5] and '' }}")),
        hostile(TWO_MILLION + repeated("{{ (big == big ~ 'x') and '' }}")),
        hostile(TWO_MILLION + repeated("{{ big.startswith(big) and '' }}")),
        hostile(TWO_MILLION + repeated("{{ big.isalpha() and '' }}")),
        hostile(TWO_MILLION + repeated("{{ big.find('b') and '' }}")),
        hostile(TWO_MILLION + repeated("{{ big.strip('b') and '' }}")),
        hostile("{{ range(50000) | unique | list }}"),
        hostile(repeated("{{ (range(99999) | list | length) and '' }}")),
        hostile(
            "{% set d = namespace(x={}) %}"
                + repeated("{% set d.x = dict(d.x, **{'a' ~ i: 1}) %}")),
        hostile("{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}"),
        hostile("{{ " + "[".repeat(100_000) + "]".repeat(100_000) + " }}"),
        hostile("{{ " + "{1:".repeat(100_000) + "1" + "}".repeat(100_000) + " }}"),
        hostile("{{ " + "not ".repeat(100_000) + "1 }}"),
        hostile("{{ " + "-".repeat(100_000) + "1 }}"),
        hostile("{{ 1" + " if 1 else 1".repeat(100_000) + " }}"),
        hostile("{{ 1" + " + 1".repeat(100_000) + " }}"),
        hostile("{{ 1" + " and 1".repeat(100_000) + " }}"),
        hostile("{{ x" + ".x".repeat(100_000) + " }}"),
        hostile("{{ x" + "[x".repeat(100_000) + "]".repeat(100_000) + " }}"),
        hostile("{{ 'x'" + " | upper".repeat(100_000) + " }}"),
        hostile("{% if 1 %}".repeat(100_000) + "{% endif %}".repeat(100_000)),
        hostile("{% for x in y %}".repeat(100_000)),
        hostile("{% set " + "(".repeat(100_000) + "x" + ")".repeat(100_000) + " = 1 %}"),
        hostile(" ".repeat(5_000_000)));
  }

  private static String doubling(String expression, String start) {
    return "{% set ns = namespace(x="
        + start
        + ") %}{% for i in range(60) %}{% set ns.x = "
        + expression
        + " %}{% endfor %}";
  }

  private static String repeated(String body) {
    return "{% for i in range(99999) %}" + body + "{% endfor %}";
  }

  private static DynamicTest hostile(String template) {
    String name = template.length() > 100 ? template.substring(0, 100) + "…" : template;
    return DynamicTest.dynamicTest(name, () -> assertLimited(template));
  }

  private static void assertLimited(String template) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () ->
            assertThatThrownBy(() -> ChatTemplate.parse(template).render(Map.of("x", "x")))
                .isInstanceOf(LimitExceeded.class));
  }

  @Test
  void variablesThatContainThemselvesAreRefused() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertThatThrownBy(() -> ChatTemplate.parse("x").render(Map.of("list", list)))
        .isInstanceOf(LimitExceeded.class);
  }

  @Test
  void aSmallStackEndsInTheSameException() throws InterruptedException {
    ChatTemplate template =
        ChatTemplate.parse(
            "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(90) }}");
    AtomicReference<@Nullable Throwable> caught = new AtomicReference<>();
    Runnable render =
        () -> {
          try {
            for (int i = 0; i < 3; i++) {
              template.render(Map.of());
            }
          } catch (ChatTemplateException e) {
            caught.set(e);
          }
        };
    Thread thread = new Thread(null, render, "small stack", 128 * 1024);
    thread.setUncaughtExceptionHandler((t, e) -> caught.set(e));
    thread.start();
    thread.join();
    Throwable thrown = caught.get();
    if (thrown != null) {
      assertThat(thrown).isInstanceOf(LimitExceeded.class);
    }
  }

  @Test
  void aLongConversationStaysFarBelowTheLimits() {
    List<Object> messages = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      messages.add(Map.of("role", i % 2 == 0 ? "user" : "assistant", "content", "x".repeat(2000)));
    }
    String source =
        "{% for m in messages %}{% if m.role == 'user' %}{{ '<u>' + m.content | trim + '</u>' }}"
            + "{% else %}{% set c = m.content.split('</think>')[-1] %}{{ '<a>' ~ c ~ '</a>' }}"
            + "{% endif %}{% endfor %}";
    assertThat(ChatTemplate.parse(source).render(Map.of("messages", messages)))
        .hasSize(2000 * 2007);
  }
}
