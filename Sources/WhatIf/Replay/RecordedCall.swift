import Policy

/// A call that was made, with every permission that it needed.
public struct RecordedCall: Sendable {
  /// How the call ended, as far as permissions go.
  public enum Ending: Sendable {
    /// What the record itself says of each check; see ``RecordedCheck/othersAllow``.
    case judged
    /// Only the end is known, and the caller was authorized.
    case authorized
    /// Only the end is known: an SCP or RCP denied it.
    case deniedByOrganization
  }

  /// The id that the answer carried.
  public var requestID: String
  /// Milliseconds since 1970.
  public var time: Int64
  public var region: String
  public var principal: Principal
  /// The caller for reports: a role rather than each of its sessions.
  public var principalName: String
  public var ending: Ending
  public var checks: [RecordedCheck]

  public init(
    requestID: String, time: Int64, region: String, principal: Principal, principalName: String,
    ending: Ending = .judged, checks: [RecordedCheck]
  ) {
    self.requestID = requestID
    self.time = time
    self.region = region
    self.principal = principal
    self.principalName = principalName
    self.ending = ending
    self.checks = checks
  }
}

/// One permission that a call needed, and what is known of its request.
public struct RecordedCheck: Sendable {
  /// `s3:GetObject`.
  public var action: String
  public var resource: PartialResource
  /// The account that owns the resource; nothing if it isn't known.
  public var resourceAccount: String?
  public var context: PartialContext
  /// Whether everything but SCPs and RCPs allowed it; nothing if that isn't known.
  public var othersAllow: Bool?
  /// What everything but SCPs and RCPs said depends on where accounts are in the organization.
  public var othersDependOnOrganization: Bool
  /// Whether SCPs are to be judged. Of a call between accounts, a log may have a record on either side.
  public var countsServiceControl: Bool
  /// Whether RCPs are to be judged.
  public var countsResourceControl: Bool

  public init(
    action: String, resource: PartialResource, resourceAccount: String?, context: PartialContext,
    othersAllow: Bool? = nil, othersDependOnOrganization: Bool = false, countsServiceControl: Bool = true,
    countsResourceControl: Bool = true
  ) {
    self.action = action
    self.resource = resource
    self.resourceAccount = resourceAccount
    self.context = context
    self.othersAllow = othersAllow
    self.othersDependOnOrganization = othersDependOnOrganization
    self.countsServiceControl = countsServiceControl
    self.countsResourceControl = countsResourceControl
  }
}
