import Wire

/// An account's effective tag policy: which spelling and which values tags have, and where that is enforced.
///
/// AWS: Organizations user guide, "Tag policy syntax" and "Understanding enforcement".
public struct TagPolicy: Sendable {
  /// What is ruled for one tag.
  public struct Rule: Sendable {
    /// The key with its capitals.
    public let key: String
    /// Allowed values, each with at most one `*` for any characters; empty if none is.
    public let values: [String]
    /// Resource types on which tags that break the rule are refused (`sqs:queue`, `sqs:ALL_SUPPORTED`).
    public let enforcedFor: [String]
    /// Resource types that are reported when they lack the tag.
    public let requiredFor: [String]

    /// Whether it is enforced on a type of resources.
    public func isEnforced(on type: String) -> Bool {
      enforcedFor.contains { entry in
        entry == type
          || entry.hasSuffix(":ALL_SUPPORTED") && type.hasPrefix(entry.dropLast("ALL_SUPPORTED".count))
            && TagPolicyResourceTypes.canBeEnforced(type)
      }
    }

    /// Whether a tag complies: its key is spelled as ruled, and its value is one of those allowed.
    public func allows(key: String, value: String) -> Bool {
      key == self.key && values.contains { TagPolicy.matches($0, value) }
    }
  }

  /// By the key in lower case.
  public let rules: [String: Rule]

  /// The rules of an effective policy; none for a policy that has no tags.
  public init(_ effective: InheritedSetting) {
    var rules: [String: Rule] = [:]
    for (name, setting) in effective["tags"]?.settings ?? [] {
      func list(_ member: String) -> [String]? { setting[member]?.value?.array?.compactMap(\.scalarText) }
      rules[name] = Rule(
        key: setting["tag_key"]?.value?.string ?? name, values: list("tag_value") ?? ["*"],
        enforcedFor: list("enforced_for") ?? [], requiredFor: list("report_required_tag_for") ?? [])
    }
    self.rules = rules
  }

  /// The first tag, by its key, that an enforced rule refuses on a type of resources.
  public func violation(on type: String, tags: [(key: String, value: String)]) -> String? {
    tags.sorted { $0.key < $1.key }.first { tag in
      guard let rule = rules[tag.key.lowercased()], rule.isEnforced(on: type) else { return false }
      return !rule.allows(key: tag.key, value: tag.value)
    }?.key
  }

  /// The policy as DescribeEffectivePolicy shows it: every tag has a key and values.
  public static func document(_ effective: InheritedSetting) -> JSONValue {
    guard let tags = effective["tags"], !tags.settings.isEmpty else { return .object([]) }
    let members = tags.settings.map { name, setting in
      var rule = [JSONValue.Member("tag_value", setting["tag_value"]?.value ?? .array([.string("*")]))]
      for member in ["enforced_for", "report_required_tag_for"] {
        if let value = setting[member]?.value { rule.append(JSONValue.Member(member, value)) }
      }
      rule.append(JSONValue.Member("tag_key", setting["tag_key"]?.value ?? .string(name)))
      return JSONValue.Member(name, .object(rule))
    }
    return .object([JSONValue.Member("tags", .object(members))])
  }

  /// Whether a value is one that a pattern with at most one `*` allows; case counts.
  static func matches(_ pattern: String, _ value: String) -> Bool {
    guard let star = pattern.firstIndex(of: "*") else { return pattern == value }
    let start = pattern[..<star]
    let end = pattern[pattern.index(after: star)...]
    return value.utf8.count >= start.utf8.count + end.utf8.count && value.hasPrefix(start) && value.hasSuffix(end)
  }
}
