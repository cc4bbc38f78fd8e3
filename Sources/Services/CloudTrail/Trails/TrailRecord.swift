import Cloud
import Wire

/// A trail, as its owner configured it.
struct TrailRecord: Record {
  static let kind = "cloudtrail.trail"
  static let isCached = true

  let account: AccountID
  /// The home Region.
  let region: Region
  let name: String
  var bucket: String
  var prefix: String?
  var topicARN: String?
  var includesGlobalEvents = true
  var isMultiRegion = false
  var validatesFiles = false
  var logGroupARN: String?
  var roleARN: String?
  /// The key's ARN.
  var keyARN: String?
  /// The organization of an organization trail.
  var organization: String?
  var selection = EventSelection.standard
  var hasCustomSelectors = false
  var insights: [String] = []
  var tags: [String: String] = [:]
  var created: Timestamp

  init(account: AccountID, region: Region, name: String, bucket: String, created: Timestamp) {
    self.account = account
    self.region = region
    self.name = name
    self.bucket = bucket
    self.created = created
  }

  var id: TrailID { TrailID(account: account, region: region, name: name) }
  var key: Key { id.key }
  var scope: Scope { Scope(account) }
  var arn: String { TrailName.arn(name, region, account) }
  var isOrganizationTrail: Bool { organization != nil }

  /// Whether the trail stands in a Region: in its home, and if it is for all, in each.
  func stands(in region: Region) -> Bool { isMultiRegion || region == self.region }
}

/// Which trail it is.
struct TrailID: Sendable, Codable, Hashable {
  var account: AccountID
  var region: Region
  var name: String

  var key: Key { Key(.string(region.rawValue), .string(name)) }
}

/// That an organization has a trail: how its members find it.
struct OrganizationTrailRecord: Record {
  static let kind = "cloudtrail.organizationTrail"
  static let isCached = true

  let organization: String
  let trail: TrailID

  var key: Key {
    Key(.string(organization), .string(trail.account.rawValue), .string(trail.region.rawValue), .string(trail.name))
  }
}

/// What becomes of a trail: whether it logs, how far it has come, and how its deliveries went.
struct TrailStateRecord: Record {
  static let kind = "cloudtrail.state"

  let trail: TrailID
  var isLogging = false
  var started: Timestamp?
  var stopped: Timestamp?
  /// Calls before it are delivered, or not wanted; nothing for a trail that doesn't log and has delivered all.
  var position: JournalPlace?
  /// Whether the calls at ``position`` are wanted.
  var isReading = false
  /// The calls behind ``position`` that stopped and started the trail, by request id.
  var switches: [String] = []
  /// What could not be delivered and is tried again.
  var arrears: [Arrears] = []
  /// Since when its files are in digests, which end on full hours from there; nothing while there are none.
  var digestsSince: Timestamp?
  var deliveries = Attempts()
  var notifications = Attempts()
  var logs = Attempts()
  var digests = Attempts()

  var key: Key { trail.key }

  init(trail: TrailID) { self.trail = trail }

  /// How attempts of one kind went.
  struct Attempts: Codable, Sendable, Equatable {
    /// The last that succeeded.
    var succeeded: Timestamp?
    var attempted: Timestamp?
    /// The error of the last; nothing if it succeeded.
    var error: String?

    mutating func note(_ time: Timestamp, error: String?) {
      attempted = time
      self.error = error
      if error == nil { succeeded = time }
    }
  }

  /// An account's calls in a Region that lie in the journal from one place to another and are not delivered.
  struct Arrears: Codable, Sendable, Equatable {
    var account: AccountID
    var region: String
    var from: JournalPlace
    var to: JournalPlace
    var since: Timestamp
    /// When it is tried again.
    var next: Timestamp

    var lane: Lane { Lane(account: account, region: region) }
  }

  static func of(_ trail: TrailRecord, _ transaction: Transaction) throws(AWSError) -> TrailStateRecord {
    try transaction.get(TrailStateRecord.self, trail.key, in: trail.scope) ?? TrailStateRecord(trail: trail.id)
  }
}
