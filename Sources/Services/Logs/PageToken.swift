import Cloud
import Foundation
import Wire

/// The token of a list in the order of names: the last name that was shown.
enum PageToken {
  static func text(_ name: String) -> String { Data(name.utf8).base64EncodedString() }

  /// - Throws: InvalidParameterException.
  static func name(_ token: String) throws(AWSError) -> String {
    guard let data = Data(base64Encoded: token), let name = String(data: data, encoding: .utf8) else {
      throw .invalidToken()
    }
    return name
  }

  /// One page of a list that is in order.
  static func page<Item>(
    _ all: [Item], limit: Int, after token: String?, by name: (Item) -> String
  ) throws(AWSError) -> (items: [Item], next: String?) {
    var rest = all[...]
    if let token {
      let last = Key(try self.name(token))
      rest = rest.drop { Key(name($0)) <= last }
    }
    let items = Array(rest.prefix(limit))
    return (items, rest.count > limit ? items.last.map { text(name($0)) } : nil)
  }
}
