package dev.cmdai.remote;

/**
 * The remote backend keeps the contract of all backends with a server that speaks OpenAI's
 * protocol.
 */
class OpenAiContractTest extends ServerContract {
  OpenAiContractTest() {
    super(Protocol.OPENAI);
  }
}
