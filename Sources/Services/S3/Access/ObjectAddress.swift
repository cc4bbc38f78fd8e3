import Wire

/// The bucket and key that a request's path names, before any operation is found.
struct ObjectAddress: Sendable, Equatable {
  var bucket: String
  /// Nothing for the bucket itself.
  var key: String?

  /// - Parameters:
  ///   - host: the bucket that the host names.
  ///   - path: as sent, percent-encoded.
  init?(host: String?, path: String) {
    var rest = Substring(path)
    if rest.utf8.first == UInt8(ascii: "/") { rest.removeFirst() }
    if let host {
      bucket = host
    } else {
      let name = rest.prefix { $0 != "/" }
      guard !name.isEmpty else { return nil }
      bucket = Percent.decode(String(name))
      rest = rest.dropFirst(name.count)
      if rest.first == "/" { rest.removeFirst() }
    }
    key = rest.isEmpty ? nil : Percent.decode(String(rest))
  }
}
