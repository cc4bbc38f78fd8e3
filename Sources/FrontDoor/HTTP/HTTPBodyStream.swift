import NIOCore

/// A response body that is produced while it is sent.
public struct HTTPBodyStream: Sendable {
  /// The exact number of bytes, sent as `Content-Length`; nil sends HTTP chunks.
  public let length: Int?
  let produce: @Sendable (HTTPBodyWriter) async throws -> Void

  /// A body written by a closure. It runs in the task that responded; the task is cancelled when the client goes away
  /// or the server stops. If it throws, the connection is closed without the body's end, so the client notices.
  public init(length: Int? = nil, _ produce: @escaping @Sendable (HTTPBodyWriter) async throws -> Void) {
    self.length = length
    self.produce = produce
  }

  /// A body of the sequence's buffers, each sent as it comes.
  public init<Chunks: AsyncSequence & Sendable>(_ chunks: Chunks, length: Int? = nil)
  where Chunks.Element == ByteBuffer {
    self.init(length: length) { writer in
      for try await chunk in chunks {
        try await writer.write(chunk)
      }
    }
  }
}

/// Writes a streamed response body to its connection.
public struct HTTPBodyWriter: Sendable {
  let exchange: HTTPExchangeLink

  /// Sends bytes at once. Returns when the connection takes more: a slow client slows its producer.
  ///
  /// - Throws: `.disconnected` when the client is gone, `.wrongLength` when more than the declared length is written.
  public func write(_ chunk: ByteBuffer) async throws(HTTPBodyError) {
    try await exchange.writeStreamed(chunk)
  }

  /// The same of plain bytes.
  public func write(_ bytes: [UInt8]) async throws(HTTPBodyError) { try await write(ByteBuffer(bytes: bytes)) }
}
