package dev.cmdai.host;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The source of a backend that works, any piece of which can be replaced by something that does
 * not.
 */
final class BackendSource {
  private static final String TEMPLATE =
      """
      package %package%;
      import dev.cmdai.api.*;
      import java.util.*;
      public class %class% implements InferenceBackend {
        %members%
        %constructor%
        public BackendDescriptor descriptor() { %descriptor% }
        public Availability probe(ProbeContext context) { %probe% }
        public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
            throws BackendException { %open% }
        public static class Session implements ModelSession {
          public ModelDescription model() { %model% }
          public Completion complete(CompletionRequest request, TokenListener listener)
              throws BackendException { %complete% }
          public void close() { %close% }
        }
        @SuppressWarnings("unchecked")
        static <T extends Throwable> void sneak(Throwable thrown) throws T { throw (T) thrown; }
        static void hang() {
          try { new java.util.concurrent.CountDownLatch(1).await(); }
          catch (InterruptedException e) { hang(); }
        }
      }
      """;

  private final String id;
  private final Map<String, String> pieces = new LinkedHashMap<>();

  private BackendSource(String id) {
    this.id = id;
    with("package", "plugin." + id.replace('-', '_'));
    with("class", "Backend");
    with("members", "");
    with("constructor", "");
    with(
        "descriptor", "return BackendDescriptor.builder(\"" + id + "\", \"Test\", \"1\").build();");
    with(
        "probe",
        "return context.models().isEmpty()"
            + " ? new Availability.NeedsModel(\"tiny\", 1, \"get one\")"
            + " : new Availability.Ready(context.models().getFirst(), \"fine\");");
    with("open", "return new Session();");
    with("model", "return ModelDescription.builder(\"test\").build();");
    with(
        "complete",
        "String reply = \""
            + id
            + " says ls\"; listener.onPiece(reply);"
            + " return Completion.builder(reply, FinishReason.END_OF_TEXT).build();");
    with("close", "");
  }

  static BackendSource of(String id) {
    return new BackendSource(id);
  }

  /** Replaces a piece: members, constructor, or the body of a method. */
  BackendSource with(String piece, String code) {
    pieces.put(piece, code);
    return this;
  }

  String className() {
    return pieces.get("package") + "." + pieces.get("class");
  }

  String code() {
    String code = TEMPLATE;
    for (Map.Entry<String, String> piece : pieces.entrySet()) {
      code = code.replace("%" + piece.getKey() + "%", piece.getValue());
    }
    return code;
  }

  @Override
  public String toString() {
    return id;
  }
}
