import Cloud
import Foundation
import Wire

/// Where a listing goes on: the operation it belongs to and the last key of the page before.
struct PageToken: Codable, Sendable {
  /// AWS: "Each pagination token expires after 24 hours."
  static let lifetime: Int64 = 24 * 3600 * 1000

  /// The operation that gave it.
  private var o: String
  /// When, in milliseconds since 1970.
  private var t: Int64
  /// The parts of the last key: `s` and a text, `i` and a number.
  private var p: [String]

  /// A token that goes on behind `key`.
  init(_ operation: String, behind key: Key, at now: Timestamp) {
    o = operation
    t = now.milliseconds
    p = key.parts.map { part in
      switch part {
      case .string(let text): "s" + text
      case .integer(let number): "i\(number)"
      }
    }
  }

  /// As clients carry it.
  var text: String { (try? JSONEncoder().encode(self)).map { $0.base64EncodedString() } ?? "" }

  /// The key behind which a listing goes on; nothing without a token.
  /// - Throws: ValidationException for a token of another operation, a garbled one or one that is a day old.
  static func key(_ token: String?, of operation: String, at now: Timestamp) throws(AWSError) -> Key? {
    guard let token, !token.isEmpty else { return nil }
    guard let bytes = Data(base64Encoded: token), let read = try? JSONDecoder().decode(PageToken.self, from: bytes),
      read.o == operation
    else { throw .invalidPageToken() }
    if now.milliseconds - read.t > lifetime { throw .expiredPageToken() }
    var key = Key()
    for part in read.p {
      if part.hasPrefix("s") {
        key = key.appending(.string(String(part.dropFirst())))
      } else if part.hasPrefix("i"), let number = Int64(part.dropFirst()) {
        key = key.appending(.integer(number))
      } else {
        throw .invalidPageToken()
      }
    }
    return key
  }

  /// The size of a page: absent and 0 mean AWS's largest.
  static func size(_ given: Int?) -> Int { given.map { $0 == 0 ? 1000 : $0 } ?? 1000 }
}

extension KeyRange {
  /// What of this range is left for the next page.
  func rest(behind key: Key?, reversed: Bool) -> KeyRange {
    guard let key else { return self }
    return reversed ? before(key) : after(key)
  }
}
