/// What a signature covers of an HTTP request: a light view, without the request's body when that is long.
public struct SignedRequest: Sendable {
  /// A header as received; names may be of any case and may come more than once.
  public typealias Header = (name: String, value: String)

  /// What is known of the body.
  public enum Payload: Sendable {
    /// The body itself.
    case bytes([UInt8])
    /// The SHA-256 of the body, 32 bytes.
    case sha256([UInt8])
    /// The body is read later: `x-amz-content-sha256` is taken at its word and the outcome says what to check.
    case streamed

    /// No body.
    public static var empty: Payload { .sha256(Digests.emptySHA256) }
  }

  /// The method in upper case: `GET`, ….
  public var method: String
  /// The path as it stands in the request line, percent-encoded.
  public var path: String
  /// The query as it stands in the request line, without the question mark.
  public var query: String
  /// All headers in the order received.
  public var headers: [Header]
  /// The body.
  public var payload: Payload

  /// A request with these parts.
  public init(method: String, path: String, query: String = "", headers: [Header], payload: Payload = .empty) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.payload = payload
  }

  /// The value of the first header called `name` (in lower case).
  public func header(_ name: String) -> String? {
    for header in headers where ByteText.equals(header.name, name) { return header.value }
    return nil
  }
}

/// The parameters of a query, decoded, in order; made only when a signature may be among them.
struct QueryParameters {
  private var parameters: [(name: String, value: String)] = []

  init(_ query: String) {
    for parameter in Array(query.utf8).split(separator: UInt8(ascii: "&")) {
      let end = parameter.firstIndex(of: UInt8(ascii: "=")) ?? parameter.endIndex
      let name = PercentCoding.decode(parameter[..<end])
      parameters.append((name, end < parameter.endIndex ? PercentCoding.decode(parameter[(end + 1)...]) : ""))
    }
  }

  subscript(name: String) -> String? {
    for parameter in parameters where parameter.name == name { return parameter.value }
    return nil
  }
}
