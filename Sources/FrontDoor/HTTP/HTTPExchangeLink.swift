import NIOCore

/// The way from tasks to a connection: every method may be called from any thread and acts on the event loop.
///
/// It is the body's source and the responder task's way to answer.
final class HTTPExchangeLink: HTTPBodySource {
  /// Bytes of a file in memory at a time; small enough to stay in a core's cache between reading and sending.
  private static let fileChunk = 128 << 10

  private let eventLoop: any EventLoop
  private let handler: NIOLoopBound<HTTPConnectionHandler>

  init(handler: HTTPConnectionHandler, eventLoop: any EventLoop) {
    self.eventLoop = eventLoop
    self.handler = NIOLoopBound(handler, eventLoop: eventLoop)
  }

  func bodyWasAskedFor() {
    perform { $0.sendContinue() }
  }

  func bodyHasRoom() {
    perform { $0.resumeReading() }
  }

  /// Sends the whole response; returns when it is sent or cannot be.
  func send(_ response: HTTPResponse) async {
    let mode = await ask { $0.begin(response) }
    switch mode {
    case .done:
      break
    case .undelivered:
      await response.undelivered?()
    case .sent(let written):
      if (try? await written.get()) == nil { await response.undelivered?() }
    case .file(let file):
      let complete = (try? await send(file)) != nil
      perform { $0.endBody(complete: complete) }
    case .stream(let stream):
      let complete = (try? await stream.produce(HTTPBodyWriter(exchange: self))) != nil
      perform { $0.endBody(complete: complete) }
    }
    perform { $0.responderReturned() }
  }

  /// Reads the file chunk by chunk, each when the connection has taken the one before.
  private func send(_ file: HTTPFileBody) async throws {
    var sent = 0
    var chunk = ByteBuffer()
    while sent < file.length {
      // Takes the same memory again if the connection has let go of it.
      chunk.clear(minimumCapacity: Self.fileChunk)
      try file.read(from: sent, atMost: Self.fileChunk, into: &chunk)
      sent += chunk.readableBytes
      try await writeStreamed(chunk)
    }
  }

  /// Writes a piece of a streamed body and waits until the connection takes more.
  func writeStreamed(_ chunk: ByteBuffer) async throws(HTTPBodyError) {
    guard chunk.readableBytes > 0 else { return }
    switch await ask({ $0.writeBody(chunk) }) {
    case .accepted:
      break
    case .acceptedWaitUntil(let flushed):
      guard (try? await flushed.get()) != nil else { throw .disconnected }
    case .refused(let error):
      throw error
    }
  }

  private func perform(_ action: @escaping @Sendable (HTTPConnectionHandler) -> Void) {
    if eventLoop.inEventLoop {
      action(handler.value)
    } else {
      eventLoop.execute { action(self.handler.value) }
    }
  }

  private func ask<Answer: Sendable>(_ question: @escaping @Sendable (HTTPConnectionHandler) -> Answer) async -> Answer
  {
    if eventLoop.inEventLoop {
      return question(handler.value)
    }
    return await withCheckedContinuation { continuation in
      eventLoop.execute { continuation.resume(returning: question(self.handler.value)) }
    }
  }
}
