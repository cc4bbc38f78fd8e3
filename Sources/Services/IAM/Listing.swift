import Cloud
import Foundation
import Wire

/// A page of a list: IAM's `MaxItems`, `Marker` and `IsTruncated`.
struct Page<Item> {
  var items: [Item]
  /// Nothing on the last page.
  var marker: String?
  var isTruncated: Bool { marker != nil }

  /// The page behind `marker`, of at most `limit` items.
  ///
  /// A marker names the last item of the page before, so what is deleted between two pages makes nothing be skipped.
  /// - Parameters:
  ///   - all: the whole list, in any order.
  ///   - limit: 1 to 1,000; nothing means 100.
  ///   - name: what the list is ordered by; unique.
  init(
    _ all: [Item], after marker: String?, limit: Int?, by name: (Item) -> String
  ) throws(AWSError) {
    var ordered = all.map { (name: name($0), item: $0) }
    ordered.sort { $0.name < $1.name }
    if let marker {
      guard let data = Data(base64Encoded: marker), let last = String(data: data, encoding: .utf8) else {
        throw .validation("Invalid Marker.")
      }
      ordered.removeAll { $0.name <= last }
    }
    let limit = limit ?? 100
    items = ordered.prefix(limit).map(\.item)
    self.marker =
      ordered.count > limit && limit > 0 ? Data(ordered[limit - 1].name.utf8).base64EncodedString() : nil
  }
}
