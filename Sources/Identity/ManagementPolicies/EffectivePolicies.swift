import Cloud
import Wire

/// What accounts' management policies of one type come to: those of the root, of every unit above them, and their own.
///
/// It keeps what roots and units come to, so that accounts share it: for one transaction, as the store changes after
/// it.
public struct EffectivePolicies {
  private let type: String
  private let organization: OrganizationRecord
  /// What is known of the root and of units, by id.
  private var inherited: [String: InheritedSetting] = [:]

  /// - Parameter type: by its name in the API, `TAG_POLICY`.
  public init(_ type: String, in organization: OrganizationRecord) {
    self.type = type
    self.organization = organization
  }

  /// The effective policy of an account, as it follows from what is attached now.
  public mutating func setting(
    of account: OrganizationAccountRecord, _ transaction: Transaction
  ) throws(AWSError) -> InheritedSetting {
    var result = try setting(of: account.parent, depth: 0, transaction)
    result.apply(try level(account.account.rawValue, transaction))
    return result
  }

  /// What a root or unit comes to. `depth` keeps a broken chain of parents from going round.
  private mutating func setting(
    of parent: String, depth: Int, _ transaction: Transaction
  ) throws(AWSError) -> InheritedSetting {
    if let known = inherited[parent] { return known }
    var result = InheritedSetting()
    if parent != organization.rootID {
      let key = Key(.string(organization.id), .string(parent))
      guard depth < 16, let unit = try transaction.get(OrganizationalUnitRecord.self, key, in: .global) else {
        throw .internalFailure("The organizational unit \(parent) of \(organization.id) is missing.")
      }
      result = try setting(of: unit.parent, depth: depth + 1, transaction)
    }
    result.apply(try level(parent, transaction))
    inherited[parent] = result
    return result
  }

  /// The policies that are attached to one root, unit or account, in the order in which they were.
  private func level(
    _ target: String, _ transaction: Transaction
  ) throws(AWSError) -> [(policy: String, node: ManagementPolicy.Node)] {
    var level: [(policy: String, node: ManagementPolicy.Node)] = []
    let range = KeyRange.prefix(.string(organization.id), .string(target), .string(type))
    let attachments = try transaction.scan(PolicyAttachmentRecord.self, in: .global, range)
    for attachment in attachments.sorted(by: { $0.order < $1.order }) {
      let key = Key(.string(organization.id), .string(attachment.policy))
      guard let policy = try transaction.get(OrganizationPolicyRecord.self, key, in: .global) else { continue }
      do {
        let node = try ManagementPolicy(parsing: policy.content).root
        level.append((policy.id, EffectivePolicies.normalized(node, type)))
      } catch {
        throw .internalFailure("The policy \(policy.id) cannot be read: \(error)")
      }
    }
    return level
  }

  /// A policy in the form in which it is merged: recorded from AWS, tag, backup and chatbot policies make texts of all
  /// their values, and the keys of tags don't mind their case.
  public static func normalized(_ node: ManagementPolicy.Node, _ type: String) -> ManagementPolicy.Node {
    guard ["TAG_POLICY", "BACKUP_POLICY", "CHATBOT_POLICY"].contains(type) else { return node }
    var result = texts(node)
    guard type == "TAG_POLICY" else { return result }
    for index in result.members.indices where result.members[index].name == "tags" {
      result.members[index].node.members = result.members[index].node.members.map { ($0.name.lowercased(), $0.node) }
    }
    return result
  }

  private static func texts(_ node: ManagementPolicy.Node) -> ManagementPolicy.Node {
    var result = node
    result.assigned = node.assigned.map { value in
      value.array.map { .array($0.map(text)) } ?? text(value)
    }
    result.appended = node.appended?.map(text)
    result.removed = node.removed?.map(text)
    result.members = node.members.map { ($0.name, texts($0.node)) }
    return result
  }

  private static func text(_ value: JSONValue) -> JSONValue { value.scalarText.map { .string($0) } ?? value }
}
