package dev.cmdai.remote;

/**
 * The remote backend keeps the contract of all backends with a server that speaks Ollama's
 * protocol.
 */
class OllamaContractTest extends ServerContract {
  OllamaContractTest() {
    super(Protocol.OLLAMA);
  }
}
