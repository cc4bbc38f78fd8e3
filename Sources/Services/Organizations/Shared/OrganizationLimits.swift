/// How many of everything there may be, and how long things take that AWS does in the background.
///
/// AWS: Organizations user guide, "Quotas and service limits".
public struct OrganizationLimits: Sendable {
  /// The accounts of an organization, open invitations and closed accounts included. AWS: 10 until one asks for more.
  public var accounts: Int
  /// How long the creation of an account takes, in milliseconds of the cloud's time. AWS: a minute or so.
  public var creationTime: Int64
  /// How long the closing of an account takes, in milliseconds of the cloud's time. AWS: a few minutes.
  public var closingTime: Int64

  /// What serves best on a laptop: any number of accounts that AWS grants, and nobody waits.
  public static let local = OrganizationLimits(accounts: 10_000, creationTime: 200, closingTime: 200)

  /// What AWS does for a new organization.
  public static let aws = OrganizationLimits(accounts: 10, creationTime: 60_000, closingTime: 180_000)

  /// The units of an organization.
  static let units = 2000
  /// The levels of units below the root.
  static let unitDepth = 5
  /// Creations of accounts that may run at a time.
  static let creationsAtOnce = 5
  /// Closings of accounts that may run at a time.
  static let closingsAtOnce = 3
  /// Days in which the closings are counted, and after which a closed account is gone for good.
  static let closingDays: Int64 = 30
  static let daysUntilGone: Int64 = 90
  /// Days before an account that was created in an organization may leave one.
  static let waitingDays: Int64 = 4
  /// Days that a request to create an account can be looked up.
  // unverified: AWS doesn't say how long.
  static let creationRecordDays: Int64 = 90

  /// Closings in thirty days: the higher of 250 and a fifth of the members, 1,000 at most.
  static func closings(of members: Int) -> Int { min(1000, max(250, members / 5)) }

  /// Invitations in a day that weren't accepted.
  var invitations: Int { max(20, accounts) }

  static let day: Int64 = 86_400
}
