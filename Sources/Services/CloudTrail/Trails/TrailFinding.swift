import Cloud
import Identity
import Wire

/// Finds trails as a caller sees them: his own, and those of his organization.
enum TrailFinding {
  /// The trail of an account with this name and home Region.
  static func find(_ id: TrailID, _ transaction: Transaction) throws(AWSError) -> TrailRecord? {
    try transaction.get(TrailRecord.self, id.key, in: Scope(id.account))
  }

  /// The trails that an account owns.
  static func owned(by account: AccountID, _ transaction: Transaction) throws(AWSError) -> [TrailRecord] {
    try transaction.scan(TrailRecord.self, in: Scope(account))
  }

  /// The trails of other accounts that an account sees: its organization's.
  static func shared(with account: AccountID, _ transaction: Transaction) throws(AWSError) -> [TrailRecord] {
    guard let organization = try Organizations.of(account, transaction) else { return [] }
    return try ofOrganization(organization.id, transaction).filter { $0.account != account }
  }

  /// The trails of an organization.
  static func ofOrganization(_ id: String, _ transaction: Transaction) throws(AWSError) -> [TrailRecord] {
    var trails: [TrailRecord] = []
    for pointer in try transaction.scan(OrganizationTrailRecord.self, in: .global, .prefix(.string(id))) {
      if let trail = try find(pointer.trail, transaction), trail.organization == id { trails.append(trail) }
    }
    return trails
  }

  /// A trail as it was named in a call that only reads.
  ///
  /// AWS: CloudTrail API: a name stands for a trail of the Region that is asked; its shadow in another Region, and the trail of
  /// an organization in a member, are named by ARN.
  /// - Throws: TrailNotFoundException.
  static func seen(_ text: String, _ context: Context, _ transaction: Transaction) throws(AWSError) -> TrailRecord {
    let account = try context.account
    switch try TrailName.parse(text) {
    case .name(let name):
      let id = TrailID(account: account, region: context.region, name: name)
      guard let trail = try find(id, transaction) else {
        throw .trailNotFound(TrailName.arn(name, context.region, account), account)
      }
      return trail
    case .arn(let text, let region, let owner, let name):
      guard let trail = try find(TrailID(account: owner, region: region, name: name), transaction),
        trail.stands(in: context.region), try isVisible(trail, to: account, transaction)
      else { throw .trailNotFound(text, account) }
      return trail
    }
  }

  private static func isVisible(
    _ trail: TrailRecord, to account: AccountID, _ transaction: Transaction
  ) throws(AWSError) -> Bool {
    if trail.account == account { return true }
    guard let id = trail.organization else { return false }
    return try Organizations.of(account, transaction)?.id == id
  }

  /// A trail as it was named in a call that changes it.
  /// - Throws: as ``seen(_:_:_:)``; NotOrganizationMasterAccountException for members; InvalidHomeRegionException for shadows.
  static func changeable(
    _ text: String, _ context: Context, _ transaction: Transaction
  ) throws(AWSError) -> TrailRecord {
    let trail = try seen(text, context, transaction)
    if trail.isOrganizationTrail {
      guard try Organizations.isAdministrator(context, transaction) else { throw .notManagementAccount() }
    }
    guard trail.region == context.region else {
      // unverified: words
      throw .trail(
        "InvalidHomeRegionException",
        "The trail \(trail.arn) can only be changed in its home Region \(trail.region).")
    }
    return trail
  }

  /// The ARN that a call's permission is asked for: a name stands for a trail of the caller.
  static func arn(_ text: String, _ context: Context) throws(AWSError) -> String {
    text.hasPrefix("arn:") ? text : TrailName.arn(text, context.region, try context.account)
  }
}
