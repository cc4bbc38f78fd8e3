import Checksums
import Cloud
import Wire

/// Pages of a list, by `MaxResults` and `NextToken`.
///
/// A token names the last element that was given, so that a list which changes meanwhile neither repeats nor skips what stays.
enum Paging {
  /// AWS: Organizations API, `MaxResults`: 1 to 20.
  static let largestPage = 20

  /// One page of a list.
  struct Page<Item> {
    var items: [Item]
    var nextToken: String?
  }

  /// One page of `all`, which is put in the order of `id`.
  /// - Parameters:
  ///   - all: the whole list, in any order.
  ///   - id: unique for each element; the order of the list.
  ///   - token: the request's `NextToken`.
  ///   - size: the request's `MaxResults`.
  ///   - list: the list's name with what it was asked for: another list's token isn't taken.
  /// - Throws: InvalidInputException for a token that isn't of this list.
  static func page<Item>(
    _ all: [Item], by id: (Item) -> String, token: String?, size: Int?, of list: String
  ) throws(AWSError) -> Page<Item> {
    let last = try token.map { text throws(AWSError) in try read(text, of: list) }
    let sorted = all.map { (id: id($0), item: $0) }.sorted { $0.id < $1.id }
    let rest = last.map { last in sorted.filter { $0.id > last } } ?? sorted
    let page = rest.prefix(size ?? largestPage)
    let isMore = page.count < rest.count
    return Page(
      items: page.map(\.item), nextToken: isMore ? page.last.map { make($0.id, of: list) } : nil)
  }

  private static func make(_ last: String, of list: String) -> String {
    Base64.encode(Array("\(list)\n\(last)".utf8))
  }

  private static func read(_ token: String, of list: String) throws(AWSError) -> String {
    guard let bytes = Base64.decode(token) else { throw .invalidPaginationToken() }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix(list + "\n") else { throw .invalidPaginationToken() }
    return String(text.dropFirst(list.count + 1))
  }
}
