import NIOCore

/// What the responder's task has to do after the head has been written.
enum HTTPAnswerRest: Sendable {
  /// Everything is written, or nobody is there to read it.
  case done
  /// Nobody is there to read an answer that must not get lost: it can be taken back.
  case undelivered
  /// An answer that must not get lost is on its way; if this fails, it can be taken back.
  case sent(EventLoopFuture<Void>)
  /// Read and write the file, then end the body.
  case file(HTTPFileBody)
  /// Produce and write the body, then end it.
  case stream(HTTPBodyStream)
}

/// What became of a piece of a streamed body.
enum HTTPWriteOutcome: Sendable {
  case accepted
  /// Taken, but the connection is behind: write no more before this future.
  case acceptedWaitUntil(EventLoopFuture<Void>)
  case refused(HTTPBodyError)
}

/// Answers: bytes to the socket.
extension HTTPConnectionHandler {
  /// Bodies up to this size are copied behind their head, so that one buffer and one system call carry both.
  private static let joinedBody = 16 << 10

  /// Sends `100 Continue` if the client still waits for it.
  func sendContinue() {
    guard case .busy(let exchange) = state, exchange.owesContinue, !exchange.isAnswering else { return }
    exchange.owesContinue = false
    flush(ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n"))
    setDeadline(in: settings.limits.bodyIdleTimeout)
  }

  /// Writes the head, and the body if it is in memory.
  func begin(_ response: HTTPResponse) -> HTTPAnswerRest {
    guard case .busy(let exchange) = state, !exchange.isAnswering, let context else {
      return response.undelivered == nil ? .done : .undelivered
    }
    var delivery: Delivery?
    if response.undelivered != nil {
      if inputClosed {
        abort()
        return .undelivered
      }
      delivery = Delivery(on: context.eventLoop)
    }
    let framing = HTTPBodyFraming(response, toHead: exchange.isHead, httpVersion10: exchange.isHTTP10)
    decideKeepAlive(exchange, response, framing)
    var bytes = context.channel.allocator.buffer(capacity: 512)
    if exchange.owesContinue, exchange.requestEnded {
      // An empty body is complete without a word; but botocore keeps the status of an answer that comes without
      // `100 Continue`, and gives it to the connection's next request.
      exchange.owesContinue = false
      bytes.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
    }
    head(response.status, response.headers, framing, exchange).write(into: &bytes)
    exchange.answer = .body(framing, sent: 0)

    guard !exchange.isHead, response.status != 204, response.status != 304 else {
      complete(exchange, last: bytes, delivery?.promise)
      return delivery?.rest ?? .done
    }
    switch response.body {
    case .empty:
      complete(exchange, last: bytes, delivery?.promise)
      return delivery?.rest ?? .done
    case .bytes(let body):
      if body.count > Self.joinedBody {
        write(bytes)
        bytes = ByteBuffer(bytes: body)
      } else {
        bytes.writeBytes(body)
      }
      complete(exchange, last: bytes, delivery?.promise)
      return delivery?.rest ?? .done
    case .buffer(var body):
      if body.readableBytes > Self.joinedBody {
        write(bytes)
        bytes = body
      } else {
        bytes.writeBuffer(&body)
      }
      complete(exchange, last: bytes, delivery?.promise)
      return delivery?.rest ?? .done
    case .file(let file):
      delivery?.promise.succeed(())
      if file.length == 0 {
        complete(exchange, last: bytes)
        return .done
      }
      write(bytes)
      return .file(file)
    case .stream(let stream):
      delivery?.promise.succeed(())
      // The head goes out at once: who subscribes to events learns that it has worked before the first event.
      flush(bytes)
      return .stream(stream)
    }
  }

  private func decideKeepAlive(_ exchange: HTTPExchange, _ response: HTTPResponse, _ framing: HTTPBodyFraming) {
    if !exchange.requestEnded {
      // Whoever was not told to continue may or may not send its body: only a new connection is unambiguous.
      let rest = (exchange.declaredLength ?? 0) - exchange.received
      if exchange.owesContinue || rest > settings.limits.drainedBody {
        exchange.keepAlive = false
      }
    }
    if shouldClose || (inputClosed && queue.isEmpty) || framing == .untilClose
      || response.first("connection")?.equalsIgnoringASCIICase("close") ?? false
    {
      exchange.keepAlive = false
    }
  }

  private func head(
    _ status: Int, _ headers: [(name: String, value: String)], _ framing: HTTPBodyFraming, _ exchange: HTTPExchange?
  ) -> HTTPResponseHead {
    HTTPResponseHead(
      status: status, headers: headers, framing: framing, keepAlive: exchange?.keepAlive ?? false,
      httpVersion10: exchange?.isHTTP10 ?? false, date: settings.unixTime.map { date.text(at: $0()) },
      server: settings.serverHeader)
  }

  /// Writes a piece of a streamed body.
  func writeBody(_ chunk: ByteBuffer) -> HTTPWriteOutcome {
    guard case .busy(let exchange) = state, case .body(let framing, let sent) = exchange.answer, let context else {
      return .refused(.disconnected)
    }
    let total = sent + chunk.readableBytes
    if case .length(let declared) = framing, total > declared {
      return .refused(.wrongLength(declared: declared))
    }
    exchange.answer = .body(framing, sent: total)
    let written = context.eventLoop.makePromise(of: Void.self)
    if framing == .chunked {
      write(ByteBuffer(string: String(chunk.readableBytes, radix: 16) + "\r\n"))
      write(chunk)
      context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer(staticString: "\r\n"))), promise: written)
    } else {
      context.writeAndFlush(wrapOutboundOut(.byteBuffer(chunk)), promise: written)
    }
    return context.channel.isWritable ? .accepted : .acceptedWaitUntil(written.futureResult)
  }

  /// Ends a body that was written in pieces. An incomplete one closes the connection, so that the client notices.
  func endBody(complete isComplete: Bool) {
    guard case .busy(let exchange) = state, case .body(let framing, let sent) = exchange.answer else { return }
    switch framing {
    case .length(let declared) where !isComplete || sent != declared:
      abort()
    case .chunked, .untilClose, .none:
      guard isComplete else { return abort() }
      complete(exchange, last: framing == .chunked ? ByteBuffer(staticString: "0\r\n\r\n") : ByteBuffer())
    case .length:
      complete(exchange, last: ByteBuffer())
    }
  }

  private func abort() {
    state = .closed
    context?.close(promise: nil)
  }

  /// Writes the answer's last bytes and goes on to the rest of the request or to the next one.
  private func complete(_ exchange: HTTPExchange, last: ByteBuffer, _ written: EventLoopPromise<Void>? = nil) {
    flush(last, written)
    exchange.answer = .complete
    if exchange.requestEnded {
      finish(exchange)
    } else if exchange.keepAlive {
      exchange.body.discard()
      setDeadline(in: settings.limits.bodyIdleTimeout)
      resumeReading()
    } else {
      end(lingering: true)
    }
  }

  /// Answers a request that never reached the responder, and closes.
  func answerAndEnd(with status: Int) {
    var bytes = ByteBuffer()
    head(status, [], .length(0), nil).write(into: &bytes)
    flush(bytes)
    end(lingering: true)
  }

  /// Closes when everything written has left.
  ///
  /// - Parameter lingering: the client may still be sending. Closing at once would make the kernel answer its bytes
  ///   with a reset, which can destroy the answer before the client has read it; so only the sending side is closed
  ///   first, and what comes is dropped for a short time.
  func end(lingering: Bool) {
    guard let context else { return }
    if case .busy(let exchange) = state {
      exchange.body.fail(.disconnected)
      exchange.body.discard()
    }
    state = .ending
    let written = context.eventLoop.makePromise(of: Void.self)
    written.futureResult.assumeIsolated().whenComplete { [weak self] _ in
      guard let self, case .ending = self.state else { return }
      // TLS has its own closing handshake, which also reads what the client still sends.
      if lingering, !self.inputClosed, !self.settings.isTLS {
        context.close(mode: .output, promise: nil)
        self.setDeadline(in: Self.lingerTime)
        self.resumeReading()
      } else {
        context.close(promise: nil)
      }
    }
    context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer())), promise: written)
  }

  private func write(_ bytes: ByteBuffer) {
    context?.write(wrapOutboundOut(.byteBuffer(bytes)), promise: nil)
  }

  private func flush(_ bytes: ByteBuffer, _ written: EventLoopPromise<Void>? = nil) {
    guard bytes.readableBytes > 0, let context else {
      written?.succeed(())
      return
    }
    context.writeAndFlush(wrapOutboundOut(.byteBuffer(bytes)), promise: written)
  }
}

/// Whether the socket has taken an answer that must not get lost. It mostly has at once, so that nobody has to wait to know.
private final class Delivery {
  let promise: EventLoopPromise<Void>
  private var isTaken: Bool?

  init(on eventLoop: any EventLoop) {
    promise = eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenComplete { result in
      if case .success = result { self.isTaken = true } else { self.isTaken = false }
    }
  }

  /// What is left to do when the answer was written.
  var rest: HTTPAnswerRest {
    switch isTaken {
    case true?: .done
    case false?: .undelivered
    case nil: .sent(promise.futureResult)
    }
  }
}
