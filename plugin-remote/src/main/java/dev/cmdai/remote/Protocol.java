package dev.cmdai.remote;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Sampling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two ways in which servers are asked. */
enum Protocol {
  /**
   * OpenAI's chat completions, as vLLM, llama-server, LM Studio and most clouds speak them:
   * https://platform.openai.com/docs/api-reference/chat.
   */
  OPENAI("OpenAI API", "/v1/models", "/v1/chat/completions") {
    @Override
    List<ServerModel> models(@Nullable Object answer) throws IOException {
      if (!(Json.at(answer, "data") instanceof List<?> listed)) {
        throw new IOException("no list of models");
      }
      List<ServerModel> models = new ArrayList<>();
      for (Object model : listed) {
        // n_ctx is llama-server's, max_model_len vLLM's.
        int context =
            Math.max(Json.count(model, "meta", "n_ctx"), Json.count(model, "max_model_len"));
        models.add(new ServerModel(Json.text(model, "id"), names(model, "aliases"), context));
      }
      return models;
    }

    @Override
    Map<String, Object> body(
        CompletionRequest request, String model, @Nullable Object schema, String keepAlive) {
      Map<String, Object> body = begun(request, model);
      body.put("stream_options", Map.of("include_usage", true));
      body.put("max_tokens", request.maxTokens());
      Sampling sampling = request.sampling();
      body.put("temperature", sampling.temperature());
      if (!sampling.isGreedy()) {
        body.put("top_p", sampling.topP());
        body.put("seed", sampling.seed());
      }
      if (schema != null) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("name", "reply");
        named.put("strict", true);
        named.put("schema", schema);
        body.put("response_format", Map.of("type", "json_schema", "json_schema", named));
      }
      return body;
    }

    @Override
    Chunk chunk(@Nullable Object json) {
      Object choice = Json.at(json, "choices", 0);
      // A server that does not stream says "message".
      String part = Json.at(choice, "delta") == null ? "message" : "delta";
      Object usage = Json.at(json, "usage");
      return new Chunk(
          Json.text(choice, part, "content"),
          Json.text(choice, "finish_reason"),
          usage == null
              ? null
              : Chunk.usage(
                  Json.count(usage, "prompt_tokens"),
                  Json.count(usage, "prompt_tokens_details", "cached_tokens"),
                  Json.count(usage, "completion_tokens")));
    }
  },

  /** Ollama's own: https://github.com/ollama/ollama/blob/main/docs/api.md. */
  OLLAMA("Ollama", "/api/tags", "/api/chat") {
    @Override
    List<ServerModel> models(@Nullable Object answer) throws IOException {
      if (!(Json.at(answer, "models") instanceof List<?> listed)) {
        throw new IOException("no list of models");
      }
      List<ServerModel> models = new ArrayList<>();
      for (Object model : listed) {
        String name = Json.text(model, "name");
        boolean isLatest = name.endsWith(":latest");
        List<String> others =
            isLatest ? List.of(name.substring(0, name.length() - ":latest".length())) : List.of();
        models.add(new ServerModel(name, others, 0));
      }
      return models;
    }

    @Override
    Map<String, Object> body(
        CompletionRequest request, String model, @Nullable Object schema, String keepAlive) {
      Map<String, Object> body = begun(request, model);
      body.put("think", false);
      if (schema != null) {
        body.put("format", schema);
      }
      if (!keepAlive.isEmpty()) {
        // A bare number is a number of seconds, and -1 for ever; a text needs a unit.
        boolean isNumber = keepAlive.matches("-?[0-9]{1,9}");
        body.put("keep_alive", isNumber ? (Object) Integer.valueOf(keepAlive) : keepAlive);
      }
      Sampling sampling = request.sampling();
      Map<String, Object> options = new LinkedHashMap<>();
      options.put("num_predict", request.maxTokens());
      options.put("temperature", sampling.temperature());
      options.put("repeat_penalty", sampling.repeatPenalty());
      if (!sampling.isGreedy()) {
        options.put("top_k", sampling.topK());
        options.put("top_p", sampling.topP());
        options.put("min_p", sampling.minP());
        options.put("seed", sampling.seed());
      }
      body.put("options", options);
      return body;
    }

    @Override
    Chunk chunk(@Nullable Object json) {
      boolean isLast = Boolean.TRUE.equals(Json.at(json, "done"));
      String reason = Json.text(json, "done_reason");
      return new Chunk(
          Json.text(json, "message", "content"),
          isLast && reason.isEmpty() ? "stop" : isLast ? reason : "",
          isLast
              ? Chunk.usage(
                  Json.count(json, "prompt_eval_count"), 0, Json.count(json, "eval_count"))
              : null);
    }
  };

  private final String title;
  private final String modelsPath;
  private final String chatPath;

  Protocol(String title, String modelsPath, String chatPath) {
    this.title = title;
    this.modelsPath = modelsPath;
    this.chatPath = chatPath;
  }

  /** What people call it. */
  String title() {
    return title;
  }

  /** Where the models are listed. */
  String modelsPath() {
    return modelsPath;
  }

  /** Where a model is asked. */
  String chatPath() {
    return chatPath;
  }

  /**
   * The models of a list.
   *
   * @throws IOException when it is none of this protocol
   */
  abstract List<ServerModel> models(@Nullable Object answer) throws IOException;

  /**
   * What to send.
   *
   * @param schema for the reply, as JSON; null for none
   * @param keepAlive how long the server keeps the model; empty for its default
   */
  abstract Map<String, Object> body(
      CompletionRequest request, String model, @Nullable Object schema, String keepAlive);

  /** What a piece of the answer says. Reasoning has fields of its own, which nobody looks at. */
  abstract Chunk chunk(@Nullable Object json);

  private static Map<String, Object> begun(CompletionRequest request, String model) {
    List<Object> messages = new ArrayList<>();
    for (ChatMessage message : request.messages()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("role", message.role().name().toLowerCase(Locale.ROOT));
      each.put("content", message.content());
      messages.add(each);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model);
    body.put("messages", messages);
    body.put("stream", true);
    return body;
  }

  private static List<String> names(@Nullable Object model, String key) {
    List<String> names = new ArrayList<>();
    for (Object name : Json.elements(model, key)) {
      names.add(String.valueOf(name));
    }
    return names;
  }
}
