package dev.cmdai.chattemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The templates of real models against what Jinja2 made of them. */
class RealTemplatesTest {
  private static final Path FOLDER = Path.of("../../shared/data/chat-templates");

  @Test
  void recordedCasesArePresent() {
    assumeTrue(
        Files.isDirectory(FOLDER),
        "skipped: the templates of real models are not at " + FOLDER.toAbsolutePath());
    assertThat(FOLDER.resolve("cases.json")).exists();
  }

  @TestFactory
  List<DynamicTest> rendersAsRecorded() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    if (!Files.isDirectory(FOLDER)) {
      return tests;
    }
    Map<String, Object> recorded = Cases.object(FOLDER.resolve("cases.json"));
    LocalDateTime now = LocalDateTime.parse((String) recorded.get("strftime_now"));
    for (Map<String, Object> recordedCase : Cases.objects(recorded.get("cases"))) {
      String name = recordedCase.get("template") + " " + recordedCase.get("conversation");
      tests.add(DynamicTest.dynamicTest(name, () -> check(recordedCase, now)));
    }
    return tests;
  }

  private static void check(Map<String, Object> recorded, LocalDateTime now) throws IOException {
    String source = Files.readString(FOLDER.resolve((String) recorded.get("template")));
    Map<String, Object> variables = new HashMap<>();
    for (String name : List.of("messages", "bos_token", "eos_token", "add_generation_prompt")) {
      variables.put(name, recorded.get(name));
    }
    String error = (String) recorded.get("error");
    if (error == null) {
      assertThat(ChatTemplate.parse(source).render(variables, now))
          .isEqualTo(recorded.get("expected"));
    } else if (error.contains("unknown tag 'generation'")) {
      // The recording Jinja2 lacked the tag that transformers adds.
      assertThat(ChatTemplate.parse(source).render(variables, now)).contains("hidden");
    } else {
      assertThatThrownBy(() -> ChatTemplate.parse(source).render(variables, now))
          .isInstanceOf(ChatTemplateException.Failure.class)
          .hasMessageContaining(error.substring(error.indexOf(": ") + 2));
    }
  }
}
