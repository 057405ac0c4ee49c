package org.stillpoint.api.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.problem.ProblemAnswer;
import org.stillpoint.api.problem.RequestId;

/** Follows the messages of a connection, and answers those that can't be read as HTTP. */
// Whoever wrote a message follows its promise; a close that fails leaves nothing to do.
@SuppressWarnings("FutureReturnValueIgnored")
final class MessageGuard extends ChannelDuplexHandler {
  private final HeadGuard head;
  private int unanswered;
  private boolean answering;
  private boolean refused;

  MessageGuard(HeadGuard head) {
    this.head = head;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (refused) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest) {
      head.headArrived();
      unanswered++;
    }
    if (message instanceof HttpObject part && isUnreadable(part)) {
      ReferenceCountUtil.release(message);
      refuse(context, part);
      return;
    }
    if (message instanceof LastHttpContent) {
      head.requestEnded();
    }
    context.fireChannelRead(message);
  }

  private static boolean isUnreadable(HttpObject part) {
    return part.decoderResult().isFailure()
        || (part instanceof HttpRequest request
            && !(isKnown(request.protocolVersion()) && isUri(request.uri())));
  }

  private static boolean isKnown(HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  /** What the framework refuses too, but with an empty answer and before any filter. */
  private static boolean isUri(String uri) {
    try {
      return new URI(uri).getRawPath() != null;
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean interim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (refused) {
      ReferenceCountUtil.release(message);
      promise.cancel(false);
      return;
    }
    if (!interim && message instanceof HttpObject) {
      answering = !(message instanceof LastHttpContent);
      unanswered -= answering ? 0 : 1;
    }
    context.write(message, promise);
  }

  private void refuse(ChannelHandlerContext context, HttpObject unreadable) {
    refused = true;
    if (answering || unanswered != 1) {
      // Earlier answers are due first, and nobody can tell any more which is which.
      context.close();
      return;
    }
    @Nullable Throwable cause = unreadable.decoderResult().cause();
    HttpProblem problem =
        switch (cause) {
          case TooLongHttpLineException _ -> HttpProblem.URI_TOO_LONG;
          case TooLongHttpHeaderException _ -> HttpProblem.HEADERS_TOO_LARGE;
          case null, default -> HttpProblem.BAD_REQUEST;
        };
    context.writeAndFlush(answer(problem, unreadable)).addListener(ChannelFutureListener.CLOSE);
  }

  private static DefaultFullHttpResponse answer(HttpProblem problem, HttpObject unreadable) {
    @Nullable String wanted =
        unreadable instanceof HttpRequest request
            ? request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE)
            : null;
    var language = Languages.of(wanted);
    String requestId = RequestId.next();
    byte[] body = ProblemAnswer.body(problem.exception(), language, requestId);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(problem.status()),
            Unpooled.wrappedBuffer(body));
    SecurityHeaders.ALL.forEach(response.headers()::set);
    response
        .headers()
        .set(RequestId.HEADER, requestId)
        .set(HttpHeaderNames.CONTENT_TYPE, ProblemAnswer.MEDIA_TYPE)
        .set(HttpHeaderNames.CONTENT_LANGUAGE, language.tag())
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CONNECTION, "close");
    return response;
  }
}
