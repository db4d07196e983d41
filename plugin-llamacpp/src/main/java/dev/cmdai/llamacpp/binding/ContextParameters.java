package dev.cmdai.llamacpp.binding;

/**
 * How large a context is and who computes in it.
 *
 * @param length tokens it holds
 * @param batch tokens that one call may decode
 * @param threads threads that compute
 */
public record ContextParameters(int length, int batch, int threads) {}
