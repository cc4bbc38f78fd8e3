import Wire

/// A management policy of an organization (tag, backup, AI opt-out …) as its author wrote it: settings with the
/// operators that say how they meet what is inherited.
///
/// AWS: Organizations user guide, "Inheritance operators"; which forms are taken is recorded from AWS.
public struct ManagementPolicy: Sendable {
  /// Which operators a policy leaves to those below it.
  public struct Operators: OptionSet, Sendable, Hashable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let assign = Operators(rawValue: 1)
    public static let append = Operators(rawValue: 2)
    public static let remove = Operators(rawValue: 4)
    public static let all: Operators = [.assign, .append, .remove]
  }

  /// One setting, or a group of settings.
  public struct Node: Sendable {
    /// The settings in it, in the order of the text.
    public internal(set) var members: [(name: String, node: Node)] = []
    /// `@@assign`.
    public internal(set) var assigned: JSONValue?
    /// `@@append`.
    public internal(set) var appended: [JSONValue]?
    /// `@@remove`.
    public internal(set) var removed: [JSONValue]?
    /// `@@operators_allowed_for_child_policies`.
    public internal(set) var allowed: Operators = .all

    /// Whether it has no value of its own.
    public var isGroup: Bool { assigned == nil && appended == nil && removed == nil }

    /// The setting of this name.
    public subscript(name: String) -> Node? { members.first { $0.name == name }?.node }

    /// All values that any of the operators names.
    public var values: [JSONValue] {
      (assigned?.array ?? assigned.map { [$0] } ?? []) + (appended ?? []) + (removed ?? [])
    }
  }

  /// Why a text is no management policy, in our own words: AWS has one message for all.
  public struct Malformed: Error, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
  }

  public let root: Node

  /// Reads a policy's text.
  /// - Throws: ``Malformed``.
  public init(parsing text: String) throws(Malformed) {
    guard let value = JSONValue(parsing: text) else { throw Malformed("it is not JSON") }
    root = try ManagementPolicy.node(value, isRoot: true)
  }

  static let childControl = "@@operators_allowed_for_child_policies"

  private static func node(_ value: JSONValue, isRoot: Bool = false) throws(Malformed) -> Node {
    guard let members = value.object else { throw Malformed("every setting is an object") }
    var node = Node()
    var names: Set<String> = []
    for member in members {
      guard names.insert(member.name).inserted else { throw Malformed("\(member.name) is there twice") }
      switch member.name {
      case "@@assign", "@@append", "@@remove":
        try read(member.name, member.value, isRoot, &node)
      case childControl: node.allowed = try operators(member.value)
      default:
        guard !member.name.hasPrefix("@@") else { throw Malformed("\(member.name) is no operator") }
        node.members.append((member.name, try ManagementPolicy.node(member.value)))
      }
    }
    return node
  }

  private static func read(
    _ name: String, _ value: JSONValue, _ isRoot: Bool, _ node: inout Node
  ) throws(Malformed) {
    if isRoot {
      // AWS takes operators beside the policy's only group, and does nothing with them.
      guard (value.array ?? [value]).allSatisfy({ $0.scalarText != nil }) else {
        throw Malformed("\(name) of an object")
      }
      return
    }
    if name == "@@assign" {
      guard value != .null else { throw Malformed("@@assign of null") }
      node.assigned = value
      return
    }
    guard let values = value.array else { throw Malformed("\(name) needs a list") }
    if name == "@@append" { node.appended = values } else { node.removed = values }
  }

  private static func operators(_ value: JSONValue) throws(Malformed) -> Operators {
    guard let names = value.array?.map(\.string), !names.isEmpty, Set(names).count == names.count else {
      throw Malformed("\(childControl) needs a list of different operators")
    }
    if names.contains("@@none"), names.count > 1 { throw Malformed("@@none stands alone") }
    var result: Operators = []
    for name in names {
      switch name {
      case "@@all": result.formUnion(.all)
      case "@@assign": result.insert(.assign)
      case "@@append": result.insert(.append)
      case "@@remove": result.insert(.remove)
      case "@@none": continue
      default: throw Malformed("\(name ?? "something else") among \(childControl)")
      }
    }
    return result
  }
}

extension JSONValue {
  /// A scalar as the text that AWS makes of it (`12`, `true`, `null`); nothing for lists and objects.
  public var scalarText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .double(let number): String(number)
    case .bool(let flag): flag ? "true" : "false"
    case .null: "null"
    case .array, .object: nil
    }
  }
}
