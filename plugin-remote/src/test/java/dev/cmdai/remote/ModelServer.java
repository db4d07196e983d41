package dev.cmdai.remote;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server for a model that says the same always, in both protocols: OpenAI's as llama-server was
 * recorded, Ollama's as its documentation has it.
 */
final class ModelServer {
  static final String REPLY = "find ~/Downloads -name '*.pdf' -size +10M — größer";
  private static final String SCHEMA_REPLY = "{\"cmd\": \"ls\"}";
  private static final int CONTEXT = 256;

  /** The recorded line of the first piece of a reply, and that of its end. */
  private static final List<String> EVENTS =
      Recorded.body("chat-stream").lines().filter(line -> line.startsWith("data: {")).toList();

  private ModelServer() {}

  static RawServer start(Protocol protocol) throws IOException {
    return new RawServer(protocol == Protocol.OPENAI ? ModelServer::openAi : ModelServer::ollama);
  }

  static void openAi(RawServer.Asked asked, Socket connection) throws IOException {
    switch (asked.path()) {
      case "/v1/models" -> RawServer.write(connection, Recorded.response("models"));
      case "/v1/chat/completions" -> chat(asked, connection);
      default -> {
        RawServer.write(connection, Recorded.response("error-not-found"));
        connection.close();
      }
    }
  }

  private static void chat(RawServer.Asked asked, Socket connection) throws IOException {
    Object request = Json.read(asked.body());
    int prompt = promptTokens(request);
    if (prompt > CONTEXT) {
      RawServer.write(connection, Recorded.response("error-context"));
      connection.close();
      return;
    }
    List<String> tokens = tokens(Json.at(request, "response_format", "json_schema", "schema"));
    int most = Json.count(request, "max_tokens");
    boolean isCut = tokens.size() > most;
    begin(connection, "text/event-stream");
    for (String token : isCut ? tokens.subList(0, most) : tokens) {
      event(
          connection,
          EVENTS
              .get(1)
              .replace(
                  "\"ls\"",
                  Json.write(Map.of("x", token))
                      .replaceFirst("^\\{\"x\":", "")
                      .replaceFirst("}$", "")));
    }
    event(connection, EVENTS.get(4).replace("\"stop\"", isCut ? "\"length\"" : "\"stop\""));
    event(
        connection,
        EVENTS
            .get(5)
            .replace(
                "\"completion_tokens\":4", "\"completion_tokens\":" + Math.min(most, tokens.size()))
            .replace("\"prompt_tokens\":8", "\"prompt_tokens\":" + prompt));
    event(connection, "data: [DONE]");
    RawServer.write(connection, "0\r\n\r\n");
  }

  private static void event(Socket connection, String event) throws IOException {
    chunk(connection, event + "\n\n");
  }

  static void begin(Socket connection, String type) throws IOException {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n";
    RawServer.write(connection, head + "Content-Type: " + type + "\r\n\r\n");
  }

  static void chunk(Socket connection, String text) throws IOException {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    RawServer.write(connection, Integer.toHexString(length) + "\r\n" + text + "\r\n");
  }

  private static List<String> tokens(@Nullable Object schema) {
    String reply = schema == null ? REPLY : SCHEMA_REPLY;
    return List.of(reply.split("(?=[ .\"])", -1));
  }

  private static int promptTokens(@Nullable Object request) {
    int tokens = 0;
    for (Object message : Json.elements(request, "messages")) {
      tokens += 1 + Json.text(message, "content").split("\\s+", -1).length;
    }
    return tokens;
  }

  static void ollama(RawServer.Asked asked, Socket connection) throws IOException {
    switch (asked.path()) {
      case "/api/version" ->
          RawServer.respond(connection, "200 OK", "application/json", "{\"version\":\"0.12.3\"}");
      case "/api/tags" ->
          RawServer.respond(
              connection,
              "200 OK",
              "application/json",
              "{\"models\":[{\"name\":\"cmdai-tiny:latest\",\"model\":\"cmdai-tiny:latest\"}]}");
      case "/v1/models" ->
          RawServer.respond(
              connection,
              "200 OK",
              "application/json",
              "{\"object\":\"list\",\"data\":[{\"id\":\"cmdai-tiny:latest\",\"object\":\"model\","
                  + "\"owned_by\":\"library\"}]}");
      case "/api/chat" -> ollamaChat(asked, connection);
      default -> RawServer.respond(connection, "404 Not Found", "text/plain", "404 page not found");
    }
  }

  private static void ollamaChat(RawServer.Asked asked, Socket connection) throws IOException {
    Object request = Json.read(asked.body());
    int prompt = promptTokens(request);
    if (prompt > CONTEXT) {
      RawServer.respond(
          connection,
          "400 Bad Request",
          "application/json",
          "{\"error\":\"the input length exceeds the context length\"}");
      return;
    }
    List<String> tokens = tokens(Json.at(request, "format"));
    int most = Json.count(request, "options", "num_predict");
    boolean isCut = tokens.size() > most;
    begin(connection, "application/x-ndjson");
    for (String token : isCut ? tokens.subList(0, most) : tokens) {
      line(
          connection,
          Map.of("message", Map.of("role", "assistant", "content", token), "done", false));
    }
    line(
        connection,
        Map.of(
            "message",
            Map.of("role", "assistant", "content", ""),
            "done",
            true,
            "done_reason",
            isCut ? "length" : "stop",
            "prompt_eval_count",
            prompt,
            "eval_count",
            Math.min(most, tokens.size())));
    RawServer.write(connection, "0\r\n\r\n");
  }

  private static void line(Socket connection, Map<String, Object> object) throws IOException {
    chunk(connection, Json.write(object) + "\n");
  }
}
