package dev.cmdai.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What llama.cpp's server really answered, byte by byte. */
class RecordedExchangesTest {
  /** Lists its models, and answers every question with one recorded response. */
  private static RawServer server(String name) throws IOException {
    return new RawServer((asked, connection) -> {
      if (asked.path().equals("/v1/chat/completions")) {
        RawServer.write(connection, Recorded.response(name));
      } else {
        ModelServer.openAi(asked, connection);
      }
    });
  }

  private static <T extends BackendException> T failure(Class<T> type, String name)
      throws IOException {
    try (RawServer server = server(name)) {
      T failure = catchThrowableOfType(type, () -> Asking.at(server).ask(Asking.request()));
      assertThat(failure.getMessage()).contains(server.url());
      assertThat(failure.remedy()).isNotEmpty();
      return failure;
    }
  }

  @Test
  void aStreamedReplyComesInPiecesWithItsUsage() throws Exception {
    try (RawServer server = server("chat-stream")) {
      List<String> pieces = new ArrayList<>();
      Completion reply = Asking.at(server).ask(Asking.request(), pieces::add);
      assertThat(pieces).containsExactly("ls", " -", "la");
      assertThat(reply.text()).isEqualTo("ls -la");
      assertThat(reply.finishReason()).isEqualTo(FinishReason.END_OF_TEXT);
      assertThat(reply.usage()).isEqualTo(new Usage(8, 7, 4));
      RawServer.Asked chat = server.asked.getLast();
      assertThat(chat.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
      assertThat(chat.body())
          .startsWith("{\"model\":\"cmdai-tiny\",\"messages\":[{\"role\":\"system\"")
          .contains("\"stream\":true", "\"stream_options\":{\"include_usage\":true}")
          .contains("\"max_tokens\":32", "\"temperature\":0.0")
          .doesNotContain("seed", "response_format", "stop\"");
    }
  }

  @Test
  void aServerThatDoesNotStreamIsUnderstood() throws Exception {
    try (RawServer server = server("chat")) {
      Completion reply = Asking.at(server).ask(Asking.request());
      assertThat(reply.text()).isEqualTo("ls -la");
      assertThat(reply.usage()).isEqualTo(new Usage(8, 0, 4));
    }
  }

  @Test
  void aReplyUnderASchemaThatIsCutOffSaysSo() throws Exception {
    try (RawServer server = server("chat-json-schema")) {
      Completion reply =
          Asking.at(server).ask(Asking.request().jsonSchema("{\"type\":\"object\"}"));
      assertThat(reply.text()).startsWith("{\"cmd\" :\" | sort");
      assertThat(reply.finishReason()).isEqualTo(FinishReason.MAX_TOKENS);
      assertThat(server.asked.getLast().body())
          .contains("\"response_format\":{\"", "\"schema\":{\"type\":\"object\"}");
    }
  }

  @Test
  void theModelsContextIsKnown() throws Exception {
    try (RawServer server = server("chat");
        ModelSession session = Asking.at(server).open("cmdai-tiny")) {
      assertThat(session.model().contextLength()).isEqualTo(256);
      assertThat(session.model().device()).isEqualTo(server.url());
    }
  }

  @Test
  void errorsCarryTheServersWords() throws IOException {
    assertThat(failure(BackendException.AuthenticationFailure.class, "error-unauthorized"))
        .hasMessageEndingWith(" wants a key: Invalid API Key")
        .extracting(BackendException::remedy)
        .isEqualTo("Set CMDAI_REMOTE_API_KEY to the server's key.");
    assertThat(failure(BackendException.ContextOverflow.class, "error-context"))
        .hasMessageContaining("request (1203 tokens) exceeds the available context size");
    assertThat(failure(BackendException.Unsupported.class, "error-no-messages"))
        .hasMessageEndingWith("refuses the request: 'messages' is required");
    assertThat(failure(BackendException.InvalidResponse.class, "error-bad-json"))
        .hasMessageContaining("answered status 500: [json.exception.parse_error.101]");
    assertThat(failure(BackendException.ModelNotFound.class, "error-not-found"))
        .hasMessageEndingWith("does not find cmdai-tiny: File Not Found");
  }
}
