import Cloud
import Foundation
import Wire

/// One page of a list of records, in the order of a text; the token is the last one's text.
struct Page<Item> {
  let items: [Item]
  let next: String?

  /// - Throws: ValidationException for a token that isn't one.
  init(_ all: [Item], limit: Int?, token: String?, by name: (Item) -> String) throws(AWSError) {
    var rest = all[...]
    if let token {
      guard let data = Data(base64Encoded: token), let last = String(data: data, encoding: .utf8) else {
        throw .invalidParameter("NextToken")  // unverified: words
      }
      rest = rest.drop { name($0) <= last }
    }
    let count = limit ?? 100
    items = Array(rest.prefix(count))
    next = rest.count > count ? items.last.map { Data(name($0).utf8).base64EncodedString() } : nil
  }
}
