/// Reads the form of a query request: the body's parameters, and the query string's.
struct FormReader {
  /// One parameter's value, from the query string or the body.
  static func parameter(_ name: String, in request: WireRequest) -> String? {
    if !request.query.isEmpty, let value = parameter(name, in: request.query.utf8) { return value }
    return parameter(name, in: request.body)
  }

  private static func parameter<Bytes: BidirectionalCollection<UInt8>>(_ name: String, in bytes: Bytes) -> String?
  where Bytes.SubSequence: BidirectionalCollection {
    let wanted = name.utf8
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      guard pair.starts(with: wanted) else { continue }
      let rest = pair.dropFirst(wanted.count)
      guard rest.first == UInt8(ascii: "=") else { continue }
      return String(decoding: Percent.decode(rest.dropFirst(), plusIsSpace: true), as: UTF8.self)
    }
    return nil
  }
}
