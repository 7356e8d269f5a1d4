package dev.patchbay.internal.http;

import java.io.InputStream;
import java.net.http.HttpHeaders;

/**
 * The beginning of an answer.
 *
 * @param body the rest of it, as it comes
 */
record AnswerHead(int status, HttpHeaders headers, InputStream body) {}
