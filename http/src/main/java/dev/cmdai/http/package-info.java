/**
 * The HTTP client of downloads and of servers that run models: {@link dev.cmdai.http.Http} sends a
 * {@link dev.cmdai.http.Request} along proxies and redirects without ever giving a key away. What a
 * reply means, and whether to ask again, is the caller's.
 */
@NullMarked
package dev.cmdai.http;

import org.jspecify.annotations.NullMarked;
