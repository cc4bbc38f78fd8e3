import Wire

/// A value of a condition key in a request.
public enum ConditionValue: Sendable, Equatable {
  case single(String)
  /// A key that AWS declares as `ArrayOf…`, even with one element.
  case multiple([String])
}

/// One question to the judge: may the caller do this to that?
public struct AccessCheck: Sendable {
  /// How the resource's own policy counts.
  public enum Mode: Sendable {
    /// As for most services: it can grant by itself within the account.
    case ordinary
    /// A role's trust policy or a KMS key policy: without its consent nobody may, whatever their own policies say.
    case resourcePolicyDecides
  }

  /// The IAM action, `sqs:SendMessage`.
  public var action: String
  /// The resource's ARN, or `*` for actions that have no resource type.
  public var resource: String
  /// The account that owns the resource; nothing means the caller's own.
  public var resourceAccount: AccountID?
  /// The resource's policy, as JSON text.
  public var resourcePolicy: String?
  public var mode: Mode
  /// Condition keys of this resource and request, beyond the global ones.
  public var keys: [(name: String, value: ConditionValue)]
  /// The resource's tags (`aws:ResourceTag/…`).
  public var resourceTags: [String: String]
  /// Whether the judge sees how the request came (`aws:SourceIp`, `aws:UserAgent`, `aws:SecureTransport`): AWS hides it from
  /// some checks within a call, such as those of SWF's decisions.
  public var seesConnection = true
  /// Whether AWS keeps the resource for the account's use of a service (the key `alias/aws/s3`): RCPs don't concern it.
  public var isManagedByAWS = false

  public init(
    _ action: String, on resource: String, owner: AccountID? = nil, policy: String? = nil, mode: Mode = .ordinary,
    keys: [(name: String, value: ConditionValue)] = [], tags: [String: String] = [:]
  ) {
    self.action = action
    self.resource = resource
    self.resourceAccount = owner
    self.resourcePolicy = policy
    self.mode = mode
    self.keys = keys
    self.resourceTags = tags
  }
}

/// A judge's "no", ready to be worded by a service.
public struct Denial: Sendable {
  /// The caller as AWS prints it.
  public var callerARN: String
  public var action: String
  public var resource: String
  /// `because no identity-based policy allows the … action` and its like; nothing when AWS keeps the reason to itself.
  public var reason: String?
  /// The id under which the decision can be explained, also as an encoded authorization message.
  public var decisionID: String

  public init(callerARN: String, action: String, resource: String, reason: String?, decisionID: String) {
    self.callerARN = callerARN
    self.action = action
    self.resource = resource
    self.reason = reason
    self.decisionID = decisionID
  }

  /// `User: … is not authorized to perform: … on resource: … because …`
  public func message(action: String? = nil, resourceIsQuoted: Bool = false) -> String {
    let caller = callerARN.isEmpty ? "anonymous" : callerARN
    var text = "User: \(caller) is not authorized to perform: \(action ?? self.action)"
    text += resourceIsQuoted ? " on resource: \"\(resource)\"" : " on resource: \(resource)"
    if let reason { text += " \(reason)" }
    return text
  }
}

/// Judges whether callers may do things, and keeps every verdict so that it can be explained.
public protocol Authorizing: Sendable {
  /// Judges one check.
  /// - Returns: a denial, or nothing when the caller may.
  func judge(_ check: AccessCheck, _ context: Context, _ transaction: Transaction) throws(AWSError) -> Denial?
}
