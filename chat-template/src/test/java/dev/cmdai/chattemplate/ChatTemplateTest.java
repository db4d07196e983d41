package dev.cmdai.chattemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The shapes that chat templates come in, small enough to read. */
class ChatTemplateTest {
  private static final List<Map<String, String>> SYSTEM_AND_USER =
      List.of(
          Map.of("role", "system", "content", "Be brief. OS: linux"),
          Map.of("role", "user", "content", " List \"files\" – größte zuerst\n"));

  private static String render(String source, Map<String, ? extends @Nullable Object> variables) {
    return ChatTemplate.parse(source).render(variables);
  }

  private static String chat(String source) {
    return render(
        source,
        Map.of(
            "messages",
            SYSTEM_AND_USER,
            "bos_token",
            "<s>",
            "eos_token",
            "</s>",
            "add_generation_prompt",
            true));
  }

  @Test
  void chatMl() {
    String source =
        """
        {% for message in messages %}
        {{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}
        {%- endfor %}
        {% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}
        """;
    assertThat(chat(source))
        .isEqualTo(
            """
            <|im_start|>system
            Be brief. OS: linux<|im_end|>
            <|im_start|>user
             List "files" – größte zuerst
            <|im_end|>
            <|im_start|>assistant
            """);
  }

  @Test
  void llama2WithTheSystemTextInTheFirstTurn() {
    String source =
        """
        {%- if messages[0].role == 'system' -%}
          {%- set system = '<<SYS>>\\n' ~ messages[0].content ~ '\\n<</SYS>>\\n\\n' -%}
          {%- set turns = messages[1:] -%}
        {%- else -%}
          {%- set system = '' -%}
          {%- set turns = messages -%}
        {%- endif -%}
        {%- for turn in turns -%}
          {%- if (turn.role == 'user') != (loop.index0 % 2 == 0) -%}
            {{ raise_exception('roles must alternate') }}
          {%- endif -%}
          {%- if turn.role == 'user' -%}
            {{ bos_token + '[INST] ' + (system if loop.first else '') + turn.content.strip() }}
            {{- ' [/INST]' }}
          {%- else -%}
            {{ ' ' + turn.content | trim + ' ' + eos_token }}
          {%- endif -%}
        {%- endfor -%}
        """;
    assertThat(chat(source))
        .isEqualTo(
            """
            <s>[INST] <<SYS>>
            Be brief. OS: linux
            <</SYS>>

            List "files" – größte zuerst [/INST]\
            """);
  }

  @Test
  void llama3WithItsDate() {
    String source =
        """
        {{- bos_token }}
        {%- if not date_string is defined %}
            {%- set date_string = strftime_now("%d %b %Y") %}
        {%- endif %}
        {%- for message in messages %}
            {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' }}
            {%- if message['role'] == 'system' %}
                {{- 'Today Date: ' + date_string + '\\n\\n' }}
            {%- endif %}
            {{- message['content'] | trim + '<|eot_id|>' }}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
        {%- endif %}
        """;
    String text =
        ChatTemplate.parse(source)
            .render(
                Map.of(
                    "messages",
                    SYSTEM_AND_USER,
                    "bos_token",
                    "<|begin_of_text|>",
                    "add_generation_prompt",
                    true),
                LocalDateTime.of(2026, 1, 5, 9, 30));
    assertThat(text)
        .isEqualTo(
            """
            <|begin_of_text|><|start_header_id|>system<|end_header_id|>

            Today Date: 05 Jan 2026

            Be brief. OS: linux<|eot_id|><|start_header_id|>user<|end_header_id|>

            List "files" – größte zuerst<|eot_id|><|start_header_id|>assistant<|end_header_id|>

            """);
  }

  @Test
  void gemmaRefusesTheSystemRoleInItsOwnWords() {
    String source =
        """
        {{ bos_token }}{% if messages[0]['role'] == 'system' %}
        {{ raise_exception('System role not supported') }}{% endif %}
        """;
    assertThatThrownBy(() -> chat(source))
        .isInstanceOf(ChatTemplateException.Raised.class)
        .hasMessage("System role not supported");
  }

  @Test
  void cmdaiTinyPutsTheOperatingSystemIntoTheTurn() {
    String source =
        "{%- set ns = namespace(os='') -%}{%- for m in messages -%}{%- if m['role'] == 'system'"
            + " -%}{%- if 'macOS' in m['content'] or 'macos' in m['content'] -%}{%- set ns.os ="
            + " '<|macos|>' -%}{%- elif 'linux' in m['content'] or 'Linux' in m['content'] -%}{%-"
            + " set ns.os = '<|linux|>' -%}{%- endif -%}{%- elif m['role'] == 'user' -%}{{-"
            + " '<|user|>' + ns.os + m['content'] + '<|cmd|>' -}}{%- elif m['role'] == 'assistant'"
            + " -%}{{- m['content'] + '<|end|>' -}}{%- endif -%}{%- endfor -%}";
    assertThat(chat(source)).isEqualTo("<|user|><|linux|> List \"files\" – größte zuerst\n<|cmd|>");
  }

  @Test
  void nullIsNoneAndAMissingNameIsUndefined() {
    Map<String, @Nullable Object> variables = new HashMap<>();
    variables.put("tools", null);
    String source =
        "{{ tools is none }} {{ tools is defined }} {{ other is defined }} [{{ other }}]";
    assertThat(render(source, variables)).isEqualTo("True True False []");
  }

  @Test
  void everyKindOfJavaValueArrives() {
    List<@Nullable Object> values =
        Arrays.asList(1, 2L, (short) 3, 1.5f, true, null, "x", List.of());
    assertThat(render("{{ v }}", Map.of("v", values)))
        .isEqualTo("[1, 2, 3, 1.5, True, None, 'x', []]");
  }

  @Test
  void aForeignJavaTypeIsRefused() {
    assertThatThrownBy(() -> render("x", Map.of("v", new StringBuilder().getClass())))
        .isInstanceOf(ChatTemplateException.Failure.class)
        .hasMessageContaining("java.lang.Class");
  }

  @Test
  void theCallersListsAreNotTouched() {
    List<Object> list = new ArrayList<>(List.of("a"));
    assertThatThrownBy(() -> render("{{ list.append('b') }}", Map.of("list", list)))
        .isInstanceOf(ChatTemplateException.Failure.class)
        .hasMessageContaining("unsafe");
    assertThat(list).containsExactly("a");
  }

  @Test
  void errorsNameTheLine() {
    assertThatThrownBy(() -> ChatTemplate.parse("a\nb\n{% if %}"))
        .isInstanceOfSatisfying(
            ChatTemplateException.Syntax.class, e -> assertThat(e.line()).isEqualTo(3));
    assertThatThrownBy(() -> render("a\n{{ x.y }}", Map.of()))
        .hasMessage("'x' is undefined")
        .isInstanceOfSatisfying(
            ChatTemplateException.Failure.class, e -> assertThat(e.line()).isEqualTo(2));
  }

  @Test
  void unknownConstructsAreNamed() {
    assertThatThrownBy(() -> ChatTemplate.parse("{% include 'x' %}"))
        .isInstanceOf(ChatTemplateException.Unsupported.class)
        .hasMessageContaining("'include'");
    assertThatThrownBy(() -> render("{{ 1 | from_json }}", Map.of()))
        .isInstanceOf(ChatTemplateException.Unsupported.class)
        .hasMessageContaining("'from_json'");
    assertThatThrownBy(() -> render("{{ 1 is prime }}", Map.of()))
        .isInstanceOf(ChatTemplateException.Unsupported.class)
        .hasMessageContaining("'prime'");
  }
}
