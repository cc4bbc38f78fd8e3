import Wire

/// How a bucket is a website.
/// AWS: S3 user guide, "Hosting a static website using Amazon S3".
struct WebsiteRules: Sendable, Codable, Equatable {
  /// Where a request is sent instead; what isn't given stays as it was asked for.
  struct Redirect: Sendable, Codable, Equatable {
    var host: String?
    var scheme: String?
    var keyPrefix: String?
    var key: String?
    var status: Int?

    /// The address to go to.
    /// - Parameters:
    ///   - prefix: the condition's prefix, in whose place `keyPrefix` comes.
    ///   - host: as the request named it.
    func location(
      key asked: String, prefix: String?, host presentHost: String, scheme presentScheme: String
    ) -> String {
      var target = asked
      if let key {
        target = key
      } else if let keyPrefix {
        target = keyPrefix + asked.dropFirst(prefix?.count ?? 0)
      }
      let path = "/" + Percent.encode(target, keeping: "/")
      return "\(scheme ?? presentScheme)://\(host ?? presentHost)\(path)"
    }
  }

  struct Rule: Sendable, Codable, Equatable {
    var prefix: String?
    /// The status that reading the object came to.
    var status: Int?
    var redirect: Redirect
  }

  var index: String?
  var error: String?
  /// Everything goes to another host.
  var everything: Redirect?
  var rules: [Rule] = []

  /// The rule for a key before it is read, or for the status that reading it came to.
  func rule(for key: String, status: Int?) -> Rule? {
    rules.first { rule in
      if let prefix = rule.prefix, !key.hasPrefix(prefix) { return false }
      return rule.status == status
    }
  }

  /// The object that a path means: a folder means its index document.
  func key(of path: String) -> String {
    let name = path.hasPrefix("/") ? String(path.dropFirst()) : path
    guard let index else { return name }
    return name.isEmpty || name.hasSuffix("/") ? name + index : name
  }
}
