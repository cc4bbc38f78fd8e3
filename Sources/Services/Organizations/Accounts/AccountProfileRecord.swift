import Cloud
import Wire

/// What an account is called and how its owner is reached, in an organization or out of one.
///
/// Accounts need not be created: any twelve digits are one. One that nobody has created has a name and an address made from its
/// number, so that it can be invited by either.
struct AccountProfileRecord: Record {
  static let kind = "organizations.profile"
  static let isCached = true
  static let indexes = [byEmail]
  /// Addresses are one space for the whole cloud, whatever their case.
  static let byEmail = Index<AccountProfileRecord>("email") { Key($0.email.lowercased()) }

  let account: AccountID
  var name: String
  var email: String
  /// When CreateAccount made it; nothing for the others.
  var created: Timestamp?
  /// When it came into an organization or left one, of late: the last few.
  var changes: [Timestamp] = []

  var key: Key { Key(account.rawValue) }

  private static let domain = "hakoniwa.example"

  /// The profile of an account.
  static func find(_ account: AccountID, _ transaction: Transaction) throws(AWSError) -> AccountProfileRecord {
    try transaction.get(AccountProfileRecord.self, Key(account.rawValue), in: .global)
      ?? AccountProfileRecord(account: account, name: "account-\(account)", email: "aws+\(account)@\(domain)")
  }

  /// The account whose owner has this address, if one has.
  static func find(email: String, _ transaction: Transaction) throws(AWSError) -> AccountProfileRecord? {
    let address = email.lowercased()
    let known = try transaction.scan(
      AccountProfileRecord.self, by: AccountProfileRecord.byEmail, in: .global, .prefix(.string(address)), limit: 1)
    if let profile = known.first { return profile }
    guard address.hasPrefix("aws+"), address.hasSuffix("@" + domain),
      let account = AccountID(String(address.dropFirst(4).dropLast(domain.count + 1)))
    else { return nil }
    let profile = try find(account, transaction)
    return profile.email.lowercased() == address ? profile : nil
  }

  /// Notes that the account came into an organization or left one.
  mutating func noteChange(_ now: Timestamp) {
    changes.append(now)
    if changes.count > Self.changesADay { changes.removeFirst() }
  }

  /// Whether the account has changed organizations too often of late.
  func isRestless(_ now: Timestamp) -> Bool {
    changes.count >= Self.changesADay && changes.allSatisfy { now < $0.adding(seconds: OrganizationLimits.day) }
  }

  // unverified: AWS doesn't say how many changes of membership are too many.
  private static let changesADay = 10
}
