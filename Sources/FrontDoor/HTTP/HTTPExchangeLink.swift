import NIOCore
import NIOPosix

/// The way from tasks to a connection: every method may be called from any thread and acts on the event loop.
///
/// It is the body's source and the responder task's way to answer.
final class HTTPExchangeLink: HTTPBodySource {
  /// Bytes read from a file at a time when the kernel cannot send it (TLS).
  private static let fileChunk = 256 << 10

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
    case .file(let file, let sent):
      let succeeded = (try? await sent.get()) != nil
      // The file must stay open until the kernel has read it.
      withExtendedLifetime(file.file) {}
      perform { $0.endBody(complete: succeeded) }
    case .fileInChunks(let file):
      let complete = (try? await sendInChunks(file)) != nil
      perform { $0.endBody(complete: complete) }
    case .stream(let stream):
      let complete = (try? await stream.produce(HTTPBodyWriter(exchange: self))) != nil
      perform { $0.endBody(complete: complete) }
    }
    perform { $0.responderReturned() }
  }

  private func sendInChunks(_ file: HTTPFileBody) async throws {
    let reader = NonBlockingFileIO(threadPool: .singleton)
    var sent = 0
    while sent < file.length {
      let chunk = try await reader.read(
        fileHandle: file.file.handle, fromOffset: Int64(file.offset + sent),
        byteCount: min(Self.fileChunk, file.length - sent), allocator: ByteBufferAllocator())
      guard chunk.readableBytes > 0 else { throw HTTPBodyError.wrongLength(declared: file.length) }
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

  private func ask<Answer: Sendable>(_ question: @escaping @Sendable (HTTPConnectionHandler) -> Answer) async -> Answer {
    if eventLoop.inEventLoop {
      return question(handler.value)
    }
    return await withCheckedContinuation { continuation in
      eventLoop.execute { continuation.resume(returning: question(self.handler.value)) }
    }
  }
}
