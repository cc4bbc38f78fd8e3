import Checksums
import Cloud
import Wire

/// A page of a list: what its token says. A token holds the last key of the page before.
struct Page {
  /// AWS: ListTopics, ListSubscriptions: "a limited list, up to 100".
  static let size = 100

  private let last: Key?

  init(_ token: String?) throws(AWSError) {
    guard let token, !token.isEmpty else {
      last = nil
      return
    }
    guard let bytes = Base64.decode(token), let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalidParameter("NextToken")
    }
    last = Page.key(text)
  }

  /// The part of a range that is on this page and behind it.
  func range(_ all: KeyRange) -> KeyRange { last.map { all.after($0) } ?? all }

  static func token(_ key: Key) -> String {
    let parts = key.parts.map { part in
      switch part {
      case .string(let text): "s\(text)"
      case .integer(let number): "i\(number)"
      }
    }
    return Base64.encode(Array(parts.joined(separator: "\n").utf8))
  }

  private static func key(_ text: String) -> Key {
    text.split(separator: "\n").reduce(Key()) { key, part in
      if part.first == "i", let number = Int64(part.dropFirst()) { return key.appending(.integer(number)) }
      return key.appending(.string(String(part.dropFirst())))
    }
  }
}
