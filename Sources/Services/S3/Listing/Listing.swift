import Cloud
import Wire

/// Where a listing goes on.
enum ListingStart: Sendable, Equatable {
  case beginning
  /// Behind a key.
  case after(String)
  /// Behind all keys with a prefix.
  case behind(String)
}

/// The engine of all listings: keys in byte order, those with a common prefix rolled up.
///
/// A group of keys is skipped by a new scan behind it, so a page costs what it shows and not what lies below a prefix.
struct Listing: Sendable {
  /// An element of a page.
  enum Element<Item> {
    case item(Item)
    case commonPrefix(String)
  }

  /// A page.
  struct Page<Item> {
    var elements: [Element<Item>] = []
    var isTruncated = false
    /// The last key or common prefix of the page: what comes next lies behind it.
    var last: String?
  }

  var prefix = ""
  /// Empty is none.
  var delimiter = ""
  /// A key, or a common prefix of an earlier page.
  var marker: String?
  var limit = 1000

  /// Makes a page.
  /// - Parameters:
  ///   - key: an item's key.
  ///   - fetch: at most so many items with the prefix, in order, from a start on.
  func page<Item>(
    key: (Item) -> String, fetch: (ListingStart, Int) throws(AWSError) -> [Item]
  ) throws(AWSError) -> Page<Item> {
    var page = Page<Item>()
    if limit <= 0 { return page }
    var start = firstStart
    while true {
      let wanted = delimiter.isEmpty ? limit - page.elements.count + 1 : min(limit - page.elements.count + 1, 64)
      let items = try fetch(start, wanted)
      var skipped: String?
      for item in items {
        let name = key(item)
        if let group = skipped, name.utf8.starts(with: group.utf8) { continue }
        skipped = nil
        if page.elements.count == limit {
          page.isTruncated = true
          return page
        }
        if let group = group(of: name) {
          page.elements.append(.commonPrefix(group))
          page.last = group
          skipped = group
        } else {
          page.elements.append(.item(item))
          page.last = name
        }
      }
      guard items.count >= wanted, let last = items.last else { return page }
      start = skipped.map { .behind($0) } ?? .after(key(last))
    }
  }

  /// The common prefix that a key is rolled up in.
  func group(of name: String) -> String? {
    if delimiter.isEmpty { return nil }
    let bytes = Array(name.utf8)
    let pattern = Array(delimiter.utf8)
    var index = prefix.utf8.count
    while index + pattern.count <= bytes.count {
      if bytes[index] == pattern[0], bytes[index..<(index + pattern.count)].elementsEqual(pattern) {
        return String(decoding: bytes[..<(index + pattern.count)], as: UTF8.self)
      }
      index += 1
    }
    return nil
  }

  /// A marker inside a group means that the group has been seen.
  var firstStart: ListingStart {
    guard let marker, !marker.isEmpty else { return .beginning }
    if marker.utf8.starts(with: prefix.utf8), let group = group(of: marker) { return .behind(group) }
    return .after(marker)
  }
}

extension KeyRange {
  /// The keys of a bucket that a listing looks at from a start on.
  static func listing(_ bucket: String, prefix: String, from start: ListingStart) -> KeyRange {
    let all = KeyRange.prefix(Key(bucket), stringStartingWith: prefix)
    switch start {
    case .beginning: return all
    // Behind every key that continues this one's parts: of a key's uploads or versions too.
    case .after(let name): return all.skipping(.prefix(.string(bucket), .string(name)))
    case .behind(let group): return all.skipping(.prefix(Key(bucket), stringStartingWith: group))
    }
  }
}

/// How listings write keys for `encoding-type=url`.
struct KeyEncoding: Sendable {
  var isURL: Bool

  /// - Throws: InvalidArgument for any other encoding.
  init(_ type: String?) throws(AWSError) {
    switch type {
    case nil, "": isURL = false
    case "url": isURL = true
    default: throw .invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type ?? "")
    }
  }

  func callAsFunction(_ text: String) -> String {
    isURL ? Percent.encode(text, keeping: "/*").replacing("%20", with: "+") : text
  }

  /// Nothing stays nothing.
  func optional(_ text: String?) -> String? { text.map { callAsFunction($0) } }
}
