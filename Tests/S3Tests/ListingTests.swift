import Cloud
import Testing
import Wire

@testable import S3

/// Keys in memory that count how often they are asked.
private final class Keys {
  let all: [String]
  var fetched = 0

  init(_ all: [String]) { self.all = all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

  func fetch(_ prefix: String, _ start: ListingStart, _ count: Int) -> [String] {
    let found = all.filter { key in
      guard key.utf8.starts(with: prefix.utf8) else { return false }
      switch start {
      case .beginning: return true
      case .after(let name): return name.utf8.lexicographicallyPrecedes(key.utf8)
      case .behind(let group):
        return group.utf8.lexicographicallyPrecedes(key.utf8) && !key.utf8.starts(with: group.utf8)
      }
    }
    let page = Array(found.prefix(count))
    fetched += page.count
    return page
  }
}

@Suite("Listings")
struct ListingTests {
  private func names(_ page: Listing.Page<String>) -> [String] {
    page.elements.map { element in
      switch element {
      case .item(let name): name
      case .commonPrefix(let prefix): "(\(prefix))"
      }
    }
  }

  private func page(_ listing: Listing, _ keys: Keys) throws -> Listing.Page<String> {
    try listing.page(key: { $0 }) { start, count throws(AWSError) in keys.fetch(listing.prefix, start, count) }
  }

  /// All pages of a listing, one behind the other.
  private func everything(_ listing: Listing, _ keys: Keys) throws -> [String] {
    var result: [String] = []
    var next = listing
    while true {
      let page = try page(next, keys)
      result += names(page)
      guard page.isTruncated else { return result }
      next.marker = page.last
    }
  }

  @Test("keys below a common prefix are rolled up")
  func rollUp() throws {
    let keys = Keys(["a", "b/1", "b/2", "b/c/3", "d", "e/"])
    #expect(try names(page(Listing(delimiter: "/"), keys)) == ["a", "(b/)", "d", "(e/)"])
    #expect(try names(page(Listing(prefix: "b/", delimiter: "/"), keys)) == ["b/1", "b/2", "(b/c/)"])
    #expect(try names(page(Listing(prefix: "b"), keys)) == ["b/1", "b/2", "b/c/3"])
  }

  @Test("pages of every size give the same list", arguments: 1...7)
  func paging(limit: Int) throws {
    let keys = Keys(["a", "b/1", "b/2", "b/c/3", "d", "e/x", "f//g", "f/h", "ü", "z"])
    for delimiter in ["", "/"] {
      let whole = try names(page(Listing(delimiter: delimiter), keys))
      #expect(try everything(Listing(delimiter: delimiter, limit: limit), keys) == whole)
    }
  }

  @Test("a page is truncated only when something follows")
  func truncation() throws {
    let keys = Keys(["a/1", "a/2", "b/1", "b/2"])
    let first = try page(Listing(delimiter: "/", limit: 1), keys)
    #expect(first.isTruncated && first.last == "a/")
    let second = try page(Listing(delimiter: "/", marker: "a/", limit: 1), keys)
    #expect(!second.isTruncated)
    #expect(names(second) == ["(b/)"])
    #expect(try page(Listing(limit: 4), keys).isTruncated == false)
    #expect(try page(Listing(limit: 0), keys).elements.isEmpty)
  }

  @Test("what lies below a common prefix is skipped, not read")
  func skipping() throws {
    let keys = Keys((0..<20).flatMap { folder in (0..<1000).map { "\(folder)/\($0)" } })
    let page = try page(Listing(delimiter: "/"), keys)
    #expect(page.elements.count == 20)
    #expect(keys.fetched <= 20 * 64)
  }

  @Test("keys that look alike to readers are still different keys")
  func canonicalEquivalence() throws {
    let keys = Keys(["e\u{301}/1", "\u{e9}/1"])
    #expect(try names(page(Listing(delimiter: "/"), keys)).count == 2)
  }

  @Test("a delimiter may have several characters")
  func longDelimiter() throws {
    let keys = Keys(["a--b--c", "a-b", "a--d"])
    #expect(try names(page(Listing(delimiter: "--"), keys)) == ["(a--)", "a-b"])
  }

  @Test("url encoding leaves slashes, and writes spaces as plus signs")
  func encoding() throws {
    let encode = try KeyEncoding("url")
    #expect(encode("a b/c&ü") == "a+b/c%26%C3%BC")
    #expect(try KeyEncoding(nil)("a b") == "a b")
    #expect(throws: AWSError.self) { try KeyEncoding("xml") }
  }

  @Test("continuation tokens are opaque and safe")
  func tokens() {
    #expect(ContinuationToken.decode(ContinuationToken.encode("a/ü")) == "a/ü")
    #expect(ContinuationToken.decode("nonsense") == nil)
    #expect(ContinuationToken.decode("bm9uZQ==") == nil)
  }
}
