import Cloud
import Identity
import Wire

/// An invitation to an organization, or a request to enable all its features.
struct HandshakeRecord: Record {
  static let kind = "organizations.handshake"
  static let indexes = [byOrganization, byRecipient, byTarget, byTime, byMigration]
  /// The handshakes of an organization: (organization, id).
  static let byOrganization = Index<HandshakeRecord>("organization") { Key(.string($0.organization), .string($0.id)) }
  /// The handshakes that an account or address has received: (account or address, id).
  static let byRecipient = Index<HandshakeRecord>("recipient") { record in
    record.recipient.map { Key(.string($0.key), .string(record.id)) }
  }

  /// The invitations that wait for an answer: (organization, account or address).
  static let byTarget = Index<HandshakeRecord>("target") { record in
    guard record.action == .invite, record.state.isPending, let recipient = record.recipient else { return nil }
    return Key(.string(record.organization), .string(recipient.key))
  }
  /// The invitations that weren't accepted: (organization, time).
  static let byTime = Index<HandshakeRecord>("time") {
    $0.action == .invite && $0.state != .accepted ? Key(.string($0.organization), .timestamp($0.requested)) : nil
  }
  /// The change to all features while it goes on: (organization).
  static let byMigration = Index<HandshakeRecord>("migration") {
    $0.action == .enableAllFeatures && $0.state.isPending ? Key(.string($0.organization)) : nil
  }

  /// AWS: Organizations API, `ActionType`.
  enum Action: String, Sendable, Codable {
    case invite = "INVITE"
    /// The management account's own: it is open when all members have approved.
    case enableAllFeatures = "ENABLE_ALL_FEATURES"
    /// A member's approval.
    case approveAllFeatures = "APPROVE_ALL_FEATURES"
  }

  /// AWS: Organizations API, `HandshakeState`.
  enum State: String, Sendable, Codable {
    case requested = "REQUESTED"
    /// It can be answered. Invitations are from their first moment on; the change to all features is when all approved.
    case open = "OPEN"
    case canceled = "CANCELED"
    case accepted = "ACCEPTED"
    case declined = "DECLINED"
    case expired = "EXPIRED"

    /// Whether somebody may still answer.
    var isPending: Bool { self == .requested || self == .open }
  }

  /// Whom it was sent to.
  enum Recipient: Sendable, Codable, Equatable {
    case account(AccountID)
    case email(String)

    /// As the index of recipients has it: addresses in lower case.
    var key: String {
      switch self {
      case .account(let account): account.rawValue
      case .email(let email): email.lowercased()
      }
    }
  }

  let id: String
  let organization: String
  /// The organization's management account: it is in the handshake's ARN, also when the organization is gone.
  let sender: AccountID
  let action: Action
  /// Nothing for the management account's own.
  let recipient: Recipient?
  let parent: String?
  /// What the recipient is told of the sender, as it was when the handshake was made.
  let senderEmail: String
  let senderName: String
  let features: OrganizationRecord.FeatureSet
  let notes: String?
  /// The tags that an invited account gets.
  let tags: [IdentityTag]
  let requested: Timestamp
  let expires: Timestamp
  var state: State
  /// The account that accepted it, which then is a party in place of the address.
  var acceptedBy: AccountID?

  var key: Key { Key(id) }
  /// AWS: service authorization reference, "Resource types defined by AWS Organizations".
  var arn: String {
    "arn:aws:organizations::\(sender):handshake/\(organization)/\(action.rawValue.lowercased())/\(id)"
  }
}

extension Handshake {
  /// A handshake as the API describes it.
  init(_ record: HandshakeRecord) {
    // As a party an organization has no prefix.
    var parties = [HandshakeParty(id: String(record.organization.dropFirst(2)), type: "ORGANIZATION")]
    var resources: [HandshakeResource]
    let sender = [
      HandshakeResource(value: record.senderEmail, type: "MASTER_EMAIL"),
      HandshakeResource(value: record.senderName, type: "MASTER_NAME"),
      HandshakeResource(value: record.features.rawValue, type: "ORGANIZATION_FEATURE_SET"),
    ]
    switch record.action {
    case .enableAllFeatures: resources = [HandshakeResource(value: record.organization, type: "ORGANIZATION")]
    case .invite, .approveAllFeatures:
      resources = [HandshakeResource(value: record.organization, type: "ORGANIZATION", resources: sender)]
    }
    switch record.recipient {
    case .account(let account):
      parties.append(HandshakeParty(id: account.rawValue, type: "ACCOUNT"))
      resources.append(HandshakeResource(value: account.rawValue, type: "ACCOUNT"))
    case .email(let email):
      parties.append(
        record.acceptedBy.map { HandshakeParty(id: $0.rawValue, type: "ACCOUNT") }
          ?? HandshakeParty(id: email, type: "EMAIL"))
      resources.append(HandshakeResource(value: email, type: "EMAIL"))
    case nil: break
    }
    if let parent = record.parent { resources.append(HandshakeResource(value: parent, type: "PARENT_HANDSHAKE")) }
    if let notes = record.notes { resources.append(HandshakeResource(value: notes, type: "NOTES")) }
    self.init(
      id: record.id, arn: record.arn, parties: parties, state: record.state.rawValue,
      requestedTimestamp: record.requested, expirationTimestamp: record.expires, action: record.action.rawValue,
      resources: resources)
  }
}
