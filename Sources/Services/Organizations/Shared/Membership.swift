import Cloud
import Identity
import Wire

/// What is done wherever an entity comes into an organization or goes.
enum Membership {
  /// After an account or unit has come into the organization: the policies that AWS attaches to all.
  static func didCreate(
    _ target: OrganizationTarget, in organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
  }

  /// Before an account or unit goes: its tags, attachments and offices go with it.
  static func willRemove(
    _ target: OrganizationTarget, from organization: OrganizationRecord, _ transaction: Transaction
  ) throws(AWSError) {
    try ResourceTags.removeAll(from: target.id, in: organization.id, transaction)
  }
}
