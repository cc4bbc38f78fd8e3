/// A request as the codecs see it.
public struct WireRequest: Sendable {
  public var method: String
  /// As sent: percent-encoded, without the query; for S3 always with the bucket in front (path style).
  public var path: String
  /// As sent, without the question mark.
  public var query: String
  public var headers: [(name: String, value: String)]
  /// The whole body; empty when it streams.
  public var body: [UInt8]

  public init(
    method: String, path: String, query: String = "", headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// The first header with a name, in any case. Complexity: linear.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.equalsIgnoringCase(name) }?.value
  }
}

/// An answer as the codecs make it; a streamed body comes from elsewhere.
public struct WireResponse: Sendable {
  public var status: Int
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header with a name, in any case. Complexity: linear.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.equalsIgnoringCase(name) }?.value
  }
}

extension String {
  /// Equal but for the case of ASCII letters.
  public func equalsIgnoringCase(_ other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8) { $0.lowercasedASCII == $1.lowercasedASCII }
  }

  func hasPrefixIgnoringCase(_ prefix: String) -> Bool {
    utf8.count >= prefix.utf8.count
      && zip(utf8, prefix.utf8).allSatisfy { $0.lowercasedASCII == $1.lowercasedASCII }
  }
}

extension UInt8 {
  var lowercasedASCII: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }
}
