package dev.cmdai.gguf.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.pretokenizer.PreTokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Texts of a megabyte, on a thread with hardly any stack. */
@Timeout(120)
class LongTextsTest {
  private static final int BYTES = 1 << 20;
  private static final int STACK_BYTES = 128 * 1024;

  private static final Map<String, Supplier<String>> TEXTS = new LinkedHashMap<>();

  static {
    TEXTS.put("one letter", () -> "a".repeat(BYTES));
    TEXTS.put("random letters", () -> random("abehlox"));
    TEXTS.put("Chinese", () -> random("漢字中文").substring(0, BYTES / 3));
    TEXTS.put("spaces", () -> " ".repeat(BYTES));
    TEXTS.put("digits", () -> random("12"));
    TEXTS.put("line breaks", () -> "\n".repeat(BYTES));
    TEXTS.put("punctuation", () -> "!".repeat(BYTES));
    TEXTS.put("special tokens", () -> "<s><u>".repeat(BYTES / 6));
    TEXTS.put("half special tokens", () -> "<s".repeat(BYTES / 2));
  }

  private static String random(String alphabet) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < BYTES; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static <T> T onSmallStack(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(null, task, "small stack", STACK_BYTES);
    thread.start();
    return task.get();
  }

  @TestFactory
  Stream<DynamicTest> everyKindTakesThem() {
    Map<String, String> texts = new LinkedHashMap<>();
    TEXTS.forEach((name, text) -> texts.put(name, text.get()));
    return SampleVocabularies.kinds().stream()
        .map(kind -> DynamicTest.dynamicTest(kind, () -> takesAll(kind, texts)));
  }

  private static void takesAll(String kind, Map<String, String> texts) throws Exception {
    GgufTokenizer tokenizer = SampleVocabularies.of(kind).open();
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      String text = entry.getValue();
      byte[] decoded =
          onSmallStack(() -> {
            int[] ids = tokenizer.encode(text, false, true);
            return tokenizer.decodeToBytes(ids, false, true);
          });
      if (SampleVocabularies.isLossless(kind)) {
        assertThat(new String(decoded, UTF_8).equals(text)).as(entry.getKey()).isTrue();
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyPreTokenizerTakesThem() {
    List<String> parts = new ArrayList<>();
    for (Supplier<String> text : TEXTS.values()) {
      parts.add(text.get().substring(0, BYTES / 8));
    }
    byte[] text = String.join("x", parts).getBytes(UTF_8);
    return PreTokenizer.names().stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () -> {
                  PreTokenizer preTokenizer = PreTokenizer.of(name);
                  long[] sum = new long[1];
                  onSmallStack(() -> {
                    preTokenizer.split(text, 0, text.length, (_, from, to) -> sum[0] += to - from);
                    return sum;
                  });
                  assertThat(sum[0]).isEqualTo(text.length);
                }));
  }
}
