package dev.cmdai.host;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The source of a reader of model files that works, any piece of which can be replaced by something
 * that does not.
 */
public final class ReaderSource {
  /** Each character of the first 256 is a token, and {@code <s>} is token 256. */
  private static final String TOKENIZERS =
      """
      package %package%;
      import dev.cmdai.api.*;
      import dev.cmdai.api.tokenizer.*;
      import java.nio.file.*;
      import java.util.*;
      public class Provider implements TokenizerProvider {
        %members%
        %constructor%
        public boolean supports(Path path) { %supports% }
        public Tokenizer open(Path path) throws BackendException { %open% }
        static void hang() {
          try { new java.util.concurrent.CountDownLatch(1).await(); }
          catch (InterruptedException e) { hang(); }
        }
        static class Letters implements Tokenizer {
          public int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial) {
            %encode%
          }
          public List<int[]> encodeBatch(
              List<? extends CharSequence> texts, boolean addSpecial, boolean parseSpecial) {
            List<int[]> all = new ArrayList<>();
            for (CharSequence text : texts) all.add(encode(text, addSpecial, parseSpecial));
            %batch%
          }
          public String decode(int[] ids, boolean removeSpecial, boolean unparseSpecial) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < ids.length; i++) {
              if (ids[i] < 256) text.append((char) ids[i]);
              else if (unparseSpecial && !(removeSpecial && i == 0)) text.append("<s>");
            }
            return text.toString();
          }
          public StreamingDecoder streamingDecoder(boolean unparseSpecial) {
            throw new UnsupportedOperationException();
          }
          public int vocabularySize() { %size% }
          public String modelType() { return "letters"; }
          public String preType() { return ""; }
          public Map<String, Integer> specialTokens() { return Map.of("bos", 256); }
          public byte[] tokenToPiece(int id) {
            return id < 256 ? new byte[] {(byte) id} : new byte[0];
          }
          public OptionalInt token(String text) { return OptionalInt.empty(); }
        }
      }
      """;

  private static final String ENCODE =
      """
      List<Integer> ids = new ArrayList<>();
      if (addSpecial) ids.add(256);
      for (int i = 0; i < text.length(); i++) {
        if (parseSpecial && text.toString().startsWith("<s>", i)) {
          ids.add(256);
          i += 2;
        } else {
          ids.add(Math.min(255, (int) text.charAt(i)));
        }
      }
      return ids.stream().mapToInt(Integer::intValue).toArray();
      """;

  private static final String INSPECTORS =
      """
      package %package%;
      import dev.cmdai.api.*;
      import dev.cmdai.api.model.*;
      import java.nio.file.*;
      import java.util.*;
      public class Inspector implements ModelInspector {
        %members%
        %constructor%
        public boolean supports(Path path) { %supports% }
        public ModelFacts inspect(Path path) throws BackendException { %open% }
      }
      """;

  private final String manifestKey;
  private final String template;
  private final String className;
  private final Map<String, String> pieces = new LinkedHashMap<>();

  private ReaderSource(String id, String manifestKey, String template, String simpleName) {
    this.manifestKey = manifestKey;
    this.template = template;
    String packageName = "plugin." + id.replace('-', '_');
    this.className = packageName + "." + simpleName;
    with("package", packageName);
    with("members", "");
    with("constructor", "");
    with("supports", "return path.toString().endsWith(\".gguf\");");
    with("encode", ENCODE);
    with("batch", "return all;");
    with("size", "return 257;");
  }

  /** A plugin that splits texts into characters, whatever the file holds. */
  public static ReaderSource tokenizers(String id) {
    return new ReaderSource(id, "Cmdai-Tokenizers", TOKENIZERS, "Provider")
        .with("open", "return new Letters();");
  }

  /** A plugin that tells of a file how long it is and whose plugin told it. */
  public static ReaderSource inspectors(String id) {
    return new ReaderSource(id, "Cmdai-Inspectors", INSPECTORS, "Inspector")
        .with(
            "open",
            """
            if (!Files.exists(path)) {
              throw new BackendException.ModelNotFound("there is no " + path, "Look elsewhere.");
            }
            return ModelFacts.builder()
                .section(
                    "file",
                    List.of(
                        new Fact("teller", "%s", "%s"),
                        new Fact("size_in_bytes", path.toFile().length(), "small")))
                .table("bytes", List.of(List.of(new Fact("at", 0, "0"), new Fact("is", "x", "x"))))
                .build();
            """
                .formatted(id, id));
  }

  /** Replaces a piece: members, constructor, or the body of a method. */
  public ReaderSource with(String piece, String code) {
    pieces.put(piece, code);
    return this;
  }

  String manifestKey() {
    return manifestKey;
  }

  String className() {
    return className;
  }

  String code() {
    String code = template;
    for (Map.Entry<String, String> piece : pieces.entrySet()) {
      code = code.replace("%" + piece.getKey() + "%", piece.getValue());
    }
    return code;
  }
}
