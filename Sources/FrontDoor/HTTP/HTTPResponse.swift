import NIOCore

/// What goes back to the client.
///
/// The server itself writes the framing (`Content-Length`, `Transfer-Encoding`, `Connection`), and `Date` and `Server`
/// unless they are among `headers`. A `Connection: close` among `headers` is honoured.
public struct HTTPResponse: Sendable {
  /// What follows the headers.
  public enum Body: Sendable {
    case empty
    /// Bytes that are copied once on their way to the socket.
    case bytes([UInt8])
    /// Bytes that are sent without copying when large.
    case buffer(ByteBuffer)
    /// A part of a file, of which 128 KiB at a time are in memory.
    case file(HTTPFileBody)
    /// Bytes as they are produced: server-sent events, generated archives.
    case stream(HTTPBodyStream)

    /// The number of bytes, or nil when it is known only at the end.
    public var length: Int? {
      switch self {
      case .empty: 0
      case .bytes(let bytes): bytes.count
      case .buffer(let buffer): buffer.readableBytes
      case .file(let file): file.length
      case .stream(let stream): stream.length
      }
    }
  }

  /// The HTTP status, 200 to 599.
  public var status: Int
  /// Header fields in the order they are sent. CR, LF and NUL in values are sent as spaces, and fields whose name is
  /// not an HTTP token are left out, so that no value can end the head early.
  public var headers: [(name: String, value: String)]
  /// The body; not sent in answers to HEAD and with 204 and 304.
  public var body: Body
  /// `Content-Length` of an answer to HEAD whose body is not at hand; nil takes the length of `body`.
  public var headContentLength: Int?
  /// Called when the client has gone before it could be given an answer with a body in memory: nothing of it was sent, or the
  /// socket refused it. An answer of this kind is not sent to a client that has closed its sending half, which looks like one
  /// that has gone.
  public var undelivered: (@Sendable () async -> Void)?

  /// A response.
  public init(
    status: Int, headers: [(name: String, value: String)] = [], body: Body = .empty, headContentLength: Int? = nil
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.headContentLength = headContentLength
  }

  /// The first field with this name, in any case.
  public func first(_ name: String) -> String? {
    headers.first { $0.name.equalsIgnoringASCIICase(name) }?.value
  }
}
