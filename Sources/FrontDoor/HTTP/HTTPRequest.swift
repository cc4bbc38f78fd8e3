/// What arrived, before anyone knows which service it is for.
public struct HTTPRequest: Sendable {
  /// The method as sent: `GET`, `PUT`, …
  public var method: String
  /// The path as sent, percent-encoding untouched, without the query; never empty.
  public var path: String
  /// What follows the first `?`, as sent; empty when there is none.
  public var query: String
  /// Host and port the client means: from an absolute-form target if that was sent, else the `Host` header; empty when
  /// an HTTP/1.0 client sent neither.
  public var authority: String
  /// Header fields in the order they were sent, names as spelled by the client. Bytes that are not UTF-8 have been
  /// replaced by U+FFFD.
  public var headers: [(name: String, value: String)]
  /// The peer's IP address, without port.
  public var remoteAddress: String
  /// Whether the request came over TLS (`aws:SecureTransport`).
  public var isTLS: Bool
  /// `Content-Length` if it was sent; nil for chunked bodies and for requests without a body.
  public var contentLength: Int?
  /// The body, as it arrives.
  public var body: HTTPRequestBody

  /// A request from parts, for tests and for requests that did not come through a socket.
  ///
  /// `contentLength` and `authority` are taken from the headers.
  public init(
    method: String, path: String, query: String = "", headers: [(name: String, value: String)] = [],
    remoteAddress: String = "127.0.0.1", isTLS: Bool = false, body: HTTPRequestBody = HTTPRequestBody(bytes: [])
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.authority = ""
    self.headers = headers
    self.remoteAddress = remoteAddress
    self.isTLS = isTLS
    self.contentLength = nil
    self.body = body
    self.authority = first("host") ?? ""
    self.contentLength = first("content-length").flatMap { Int($0) }
  }

  /// The first field with this name, in any case; nil when there is none. O(number of headers).
  public func first(_ name: String) -> String? {
    headers.first { $0.name.equalsIgnoringASCIICase(name) }?.value
  }

  /// All fields with this name, in any case, in the order sent.
  public func all(_ name: String) -> [String] {
    headers.compactMap { $0.name.equalsIgnoringASCIICase(name) ? $0.value : nil }
  }
}

extension String {
  /// Whether both strings are the same bytes but for the case of ASCII letters, as HTTP compares field names.
  func equalsIgnoringASCIICase(_ other: String) -> Bool {
    let mine = utf8
    let theirs = other.utf8
    guard mine.count == theirs.count else { return false }
    return zip(mine, theirs).allSatisfy { $0 == $1 || $0.asciiLowercased == $1.asciiLowercased }
  }
}

extension UInt8 {
  /// This byte, with `A` to `Z` made `a` to `z`.
  var asciiLowercased: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}
