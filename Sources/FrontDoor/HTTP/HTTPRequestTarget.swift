/// The request line's target taken apart (RFC 9112, section 3.2).
struct HTTPRequestTarget: Equatable {
  /// The raw path, never empty.
  var path: String
  /// What follows the first `?`.
  var query: String
  /// Host and port of an absolute-form target (`GET http://host:port/path`), nil otherwise.
  var authority: String?

  /// Accepts origin-form (`/path?query`), absolute-form (`http://host/path?query`) and `*`; nil for anything else.
  init?(_ target: String) {
    if target == "*" {
      (path, query, authority) = ("*", "", nil)
      return
    }
    var rest = Substring(target)
    if rest.utf8.first != UInt8(ascii: "/") {
      guard let schemeEnd = target.firstRange(of: "://") else { return nil }
      let scheme = String(target[..<schemeEnd.lowerBound])
      guard scheme.equalsIgnoringASCIICase("http") || scheme.equalsIgnoringASCIICase("https") else { return nil }
      let afterScheme = target[schemeEnd.upperBound...]
      let authorityEnd = afterScheme.firstIndex { $0 == "/" || $0 == "?" } ?? afterScheme.endIndex
      guard authorityEnd > afterScheme.startIndex else { return nil }
      authority = String(afterScheme[..<authorityEnd])
      rest = afterScheme[authorityEnd...]
    }
    if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
      path = String(rest[..<mark])
      query = String(rest[rest.utf8.index(after: mark)...])
    } else {
      path = String(rest)
      query = ""
    }
    if path.isEmpty {
      path = "/"
    }
  }
}
