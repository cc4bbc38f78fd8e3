import Cloud
import Wire

/// A tag of a user, role or other IAM resource, in the order it was given.
public struct IdentityTag: Sendable, Codable, Hashable {
  public var key: String
  public var value: String

  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// A policy that is part of a user, group or role.
public struct InlinePolicy: Sendable, Codable, Hashable {
  public var name: String
  public var policy: PolicyText

  public init(name: String, text: String) {
    self.name = name
    policy = PolicyText(text)
  }
}

/// A user, group or role: has an ARN, an id, and identity-based policies.
public protocol PolicyHolder: Record {
  var account: AccountID { get }
  var name: String { get }
  var path: String { get }
  var id: String { get }
  var created: Timestamp { get }
  /// In the order of their names.
  var inlinePolicies: [InlinePolicy] { get set }
  /// ARNs of managed policies, in the order they were attached.
  var attachedPolicies: [String] { get set }
  var arn: String { get }
}

extension PolicyHolder {
  /// Where an account's IAM resources live: in the account, and in no Region.
  public var scope: Scope { Scope(account) }

  /// The text of an inline policy.
  public func inlinePolicy(_ name: String) -> String? { inlinePolicies.first { $0.name == name }?.policy.text }

  /// Adds an inline policy, or replaces the one of its name.
  public mutating func putInlinePolicy(_ policy: InlinePolicy) {
    inlinePolicies.removeAll { $0.name == policy.name }
    let position = inlinePolicies.firstIndex { $0.name > policy.name } ?? inlinePolicies.endIndex
    inlinePolicies.insert(policy, at: position)
  }

  /// Removes an inline policy; says whether there was one.
  public mutating func removeInlinePolicy(_ name: String) -> Bool {
    guard let position = inlinePolicies.firstIndex(where: { $0.name == name }) else { return false }
    inlinePolicies.remove(at: position)
    return true
  }
}

/// Names of IAM resources are unique whatever their case (IAM user guide, "Names"), so they are filed in lower case.
public enum IAMName {
  /// The key under which a name is filed.
  public static func key(_ name: String) -> Key { Key(name.lowercased()) }
}
