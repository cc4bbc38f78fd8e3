import Wire

/// A setting of an effective policy while it goes down the tree, level by level from the root to the account.
///
/// AWS: Organizations user guide, "Inheritance operators" and "Inheritance examples". How policies of one level meet is
/// recorded from AWS: the assignment of the policy attached first, then all that is appended, then all that is removed;
/// what a level forbids counts for the levels below it only, and nobody below can allow it again.
public struct InheritedSetting: Sendable {
  /// What it has come to; nothing for a group, and for a setting that nobody gave a value.
  public private(set) var value: JSONValue?
  /// The policies that the value comes from, by id.
  public private(set) var contributors: [String] = []
  private var members: [String: InheritedSetting] = [:]
  private var names: [String] = []
  private var allowed: ManagementPolicy.Operators = .all
  private var isGroup = false

  /// Nothing yet.
  public init() {}

  /// The setting of this name.
  public subscript(name: String) -> InheritedSetting? { members[name] }

  /// The settings in it, in the order in which policies named them.
  public var settings: [(name: String, setting: InheritedSetting)] {
    names.compactMap { name in members[name].map { (name, $0) } }
  }

  /// All policies that it and the settings in it come from, by id.
  public var allContributors: [String] {
    Set(members.values.reduce(into: contributors) { $0 += $1.allContributors }).sorted()
  }

  /// Takes the policies of the next level.
  /// - Parameter level: the level's nodes with the policies' ids, in the order in which the policies were attached.
  public mutating func apply(_ level: [(policy: String, node: ManagementPolicy.Node)]) {
    assign(level)
    append(level)
    remove(level)
    var inner: [String: [(policy: String, node: ManagementPolicy.Node)]] = [:]
    var order: [String] = []
    for (policy, node) in level {
      if node.isGroup { isGroup = true }
      for member in node.members {
        if inner[member.name] == nil { order.append(member.name) }
        inner[member.name, default: []].append((policy, member.node))
      }
    }
    for name in order {
      if members[name] == nil {
        // AWS: "AI services opt-out policy syntax and examples": `@@none` on a group keeps those below from adding to
        // it.
        if allowed.isEmpty { continue }
        names.append(name)
      }
      members[name, default: InheritedSetting()].apply(inner[name] ?? [])
    }
    for (_, node) in level { allowed.formIntersection(node.allowed) }
  }

  private mutating func assign(_ level: [(policy: String, node: ManagementPolicy.Node)]) {
    guard allowed.contains(.assign) else { return }
    for (policy, node) in level {
      guard let assigned = node.assigned else { continue }
      value = assigned
      contributors = [policy]
      return
    }
  }

  private mutating func append(_ level: [(policy: String, node: ManagementPolicy.Node)]) {
    guard allowed.contains(.append) else { return }
    for (policy, node) in level {
      guard let appended = node.appended else { continue }
      var values = value?.array ?? []
      for new in appended where !values.contains(new) {
        values.append(new)
        if !contributors.contains(policy) { contributors.append(policy) }
      }
      value = .array(values)
    }
  }

  private mutating func remove(_ level: [(policy: String, node: ManagementPolicy.Node)]) {
    guard allowed.contains(.remove) else { return }
    for (policy, node) in level {
      guard let removed = node.removed, let values = value?.array else { continue }
      let rest = values.filter { !removed.contains($0) }
      if rest.count != values.count, !contributors.contains(policy) { contributors.append(policy) }
      value = .array(rest)
    }
  }

  /// As JSON without operators; nothing where no value is, and for groups without any.
  public var document: JSONValue? {
    guard isGroup || !members.isEmpty else { return value }
    let inner = settings.compactMap { name, setting in setting.document.map { JSONValue.Member(name, $0) } }
    return inner.isEmpty ? value : .object(inner)
  }
}
