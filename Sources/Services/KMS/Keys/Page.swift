import Foundation
import Wire

/// One page of a list that is ordered by a text.
struct Page<Item> {
  let items: [Item]
  /// The marker of what follows; nothing on the last page.
  let next: String?

  /// - Parameters:
  ///   - all: the whole list, in order.
  ///   - standard: the page's length when the request names none.
  /// - Throws: InvalidMarkerException.
  init(_ all: [Item], limit: Int?, standard: Int, marker: String?, by name: (Item) -> String) throws(AWSError) {
    var rest = all[...]
    if let marker {
      guard let data = Data(base64Encoded: marker), let last = String(data: data, encoding: .utf8) else {
        throw .invalidMarker()
      }
      rest = rest.drop { name($0) <= last }
    }
    let count = limit ?? standard
    items = Array(rest.prefix(count))
    next = rest.count > count ? items.last.map { Data(name($0).utf8).base64EncodedString() } : nil
  }
}
