import Checksums

/// Tokens that say where a listing goes on: the last name of the page before, so that they are good for ever.
enum ContinuationToken {
  private static let mark = "1:"

  static func encode(_ name: String) -> String { Base64.encode(Array((mark + name).utf8)) }

  /// Nothing for a text that is no token.
  static func decode(_ token: String) -> String? {
    guard let bytes = Base64.decode(token), bytes.starts(with: mark.utf8) else { return nil }
    return String(decoding: bytes.dropFirst(mark.utf8.count), as: UTF8.self)
  }
}
