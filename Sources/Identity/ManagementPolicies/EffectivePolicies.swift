import Cloud
import Wire

/// What an account's management policies come to: those of the root, of every unit above it, and its own.
public enum EffectivePolicies {
  /// The effective policy of a type, as it follows from what is attached now.
  /// - Parameter type: by its name in the API, `TAG_POLICY`.
  public static func setting(
    _ type: String, of account: OrganizationAccountRecord, in organization: OrganizationRecord,
    _ transaction: Transaction
  ) throws(AWSError) -> InheritedSetting {
    var result = InheritedSetting()
    for target in try lineage(of: account, in: organization, transaction) {
      var level: [(policy: String, node: ManagementPolicy.Node)] = []
      let range = KeyRange.prefix(.string(organization.id), .string(target), .string(type))
      let attachments = try transaction.scan(PolicyAttachmentRecord.self, in: .global, range)
      for attachment in attachments.sorted(by: { $0.order < $1.order }) {
        let key = Key(.string(organization.id), .string(attachment.policy))
        guard let policy = try transaction.get(OrganizationPolicyRecord.self, key, in: .global) else { continue }
        do {
          level.append((policy.id, normalized(try ManagementPolicy(parsing: policy.content).root, type)))
        } catch {
          throw .internalFailure("The policy \(policy.id) cannot be read: \(error)")
        }
      }
      result.apply(level)
    }
    return result
  }

  /// The ids from the root down to an account.
  private static func lineage(
    of account: OrganizationAccountRecord, in organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) -> [String] {
    var ids = [account.account.rawValue]
    var next = account.parent
    while next != organization.rootID,
      let unit = try transaction.get(
        OrganizationalUnitRecord.self, Key(.string(organization.id), .string(next)), in: .global)
    {
      ids.append(unit.id)
      next = unit.parent
    }
    return [organization.rootID] + ids.reversed()
  }

  /// A policy in the form in which it is merged: recorded from AWS, tag, backup and chatbot policies make texts of all their
  /// values, and the keys of tags don't mind their case.
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
