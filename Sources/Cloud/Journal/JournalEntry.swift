import Policy
import Wire

/// One call to a service, allowed or denied, as the journal keeps it.
///
/// It has what CloudTrail tells of a call, and what no trail tells: every question that the judge was asked for it, with the
/// whole context of conditions, so that other policies can be tried on it later.
public struct JournalEntry: Sendable {
  /// The id that the answer carried.
  public var requestID: String
  public var eventID: EventID
  /// The cloud's time when the call was answered.
  public var time: Timestamp
  /// The service's name in its endpoint and event source (`sqs`).
  public var service: String
  /// The operation's name in the API.
  public var operation: String
  public var region: String
  public var caller: JournalCaller
  public var sourceIP: String
  public var userAgent: String
  /// What the caller was refused with; nothing if the call succeeded.
  public var error: Failure?
  /// The accounts that the call concerns: the caller's, and those that own what was asked for. Each gets a record of it.
  public var recipients: [AccountID]
  /// What the judge was asked, in order.
  public var checks: [JournalCheck]

  /// An error as it was answered.
  public struct Failure: Sendable, Equatable {
    public var code: String
    public var message: String

    public init(code: String, message: String) {
      self.code = code
      self.message = message
    }
  }

  public init(
    requestID: String, eventID: EventID, time: Timestamp, service: String, operation: String, region: String,
    caller: JournalCaller, sourceIP: String, userAgent: String, error: Failure? = nil, recipients: [AccountID] = [],
    checks: [JournalCheck] = []
  ) {
    self.requestID = requestID
    self.eventID = eventID
    self.time = time
    self.service = service
    self.operation = operation
    self.region = region
    self.caller = caller
    self.sourceIP = sourceIP
    self.userAgent = userAgent
    self.error = error
    self.recipients = recipients
    self.checks = checks
  }

  /// A check as the judge was asked it, for evaluating other policies.
  ///
  /// Its principal is not marked as one of a management account: whether it is now, the caller of this knows.
  public func request(_ check: JournalCheck, isInManagementAccount: Bool = false) -> AuthorizationRequest {
    AuthorizationRequest(
      principal: caller.principal(isInManagementAccount: isInManagementAccount), action: check.action,
      resource: check.resource, resourceAccount: check.resourceAccount?.rawValue, context: check.context)
  }
}

/// Who called: what CloudTrail's `userIdentity` tells, and what policies see.
public struct JournalCaller: Sendable, Hashable {
  public var kind: Caller.Kind
  public var account: AccountID?
  /// As messages print it: the session's ARN for roles.
  public var arn: String
  /// `aws:userid`; CloudTrail's `principalId`.
  public var userID: String
  public var accessKeyID: String?
  /// Nothing for long-term credentials.
  public var session: Session?
  /// The service that made the call for the caller (`cloudformation.amazonaws.com`).
  public var invokedBy: String?

  /// What CloudTrail's `sessionContext` tells.
  public struct Session: Sendable, Hashable {
    public var issued: Timestamp
    public var isMFAPresent: Bool?
    public var sourceIdentity: String?
    public var federatedProvider: String?

    public init(
      issued: Timestamp, isMFAPresent: Bool? = nil, sourceIdentity: String? = nil, federatedProvider: String? = nil
    ) {
      self.issued = issued
      self.isMFAPresent = isMFAPresent
      self.sourceIdentity = sourceIdentity
      self.federatedProvider = federatedProvider
    }
  }

  public init(
    kind: Caller.Kind, account: AccountID?, arn: String, userID: String, accessKeyID: String? = nil,
    session: Session? = nil, invokedBy: String? = nil
  ) {
    self.kind = kind
    self.account = account
    self.arn = arn
    self.userID = userID
    self.accessKeyID = accessKeyID
    self.session = session
    self.invokedBy = invokedBy
  }

  public init(_ caller: Caller) {
    self.init(
      kind: caller.kind, account: caller.account, arn: caller.arn, userID: caller.userID,
      accessKeyID: caller.accessKeyID,
      session: caller.session.map {
        Session(
          issued: $0.issued, isMFAPresent: $0.isMFAPresent, sourceIdentity: $0.sourceIdentity,
          federatedProvider: $0.federatedProvider)
      })
  }

  /// The caller as policies see him.
  public func principal(isInManagementAccount: Bool = false) -> Principal {
    kind.principal(
      account: account, arn: arn, userID: userID, isInManagementAccount: isInManagementAccount)
  }
}

/// A question to the judge with his answer, and all that is needed to ask it again under other policies.
public struct JournalCheck: Sendable {
  public var action: String
  public var resource: String
  /// The account that owns the resource; nothing if it could not be told.
  public var resourceAccount: AccountID?
  /// The whole context of conditions, as it was evaluated.
  public var context: ConditionContext
  /// Nothing if the account's permissions are not enforced at all (`off`), so that nothing was decided.
  public var outcome: Decision.Outcome?
  /// What everything but the organization's policies (SCPs and RCPs) says.
  public var outcomeWithoutOrganization: Decision.Outcome?
  /// What settled it: a layer (`scp`, `rcp`, `identity`, …), `both`, or `always`.
  public var decider: String
  /// The policy that settled it, by ARN or else by name; nothing if no single one did.
  public var policy: String?
  public var traits: Traits

  /// What else is to be known when a check is evaluated anew.
  public struct Traits: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The outcome was carried out; without it the account was in audit mode and the call went through.
    public static let isEnforced = Traits(rawValue: 1)
    /// The answer only shaped the call's result (what a listing shows); a denial did not end the call.
    public static let isAdvisory = Traits(rawValue: 2)
    /// SCPs don't limit the caller: a service-linked role, a service, nobody, or a principal of a management account.
    public static let isExemptFromSCPs = Traits(rawValue: 4)
    /// RCPs can limit it: the action's service supports them and the caller is no service-linked role.
    public static let isSubjectToRCPs = Traits(rawValue: 8)
    /// A policy other than SCPs and RCPs names `aws:PrincipalOrgPaths` or its like, so that a move of an account could
    /// change what it says.
    public static let dependsOnOrganization = Traits(rawValue: 16)
    /// The resource was in its organization's management account, which RCPs don't limit.
    public static let isResourceInManagementAccount = Traits(rawValue: 32)
  }

  public init(
    action: String, resource: String, resourceAccount: AccountID?, context: ConditionContext,
    outcome: Decision.Outcome?, outcomeWithoutOrganization: Decision.Outcome?, decider: String = "",
    policy: String? = nil, traits: Traits = []
  ) {
    self.action = action
    self.resource = resource
    self.resourceAccount = resourceAccount
    self.context = context
    self.outcome = outcome
    self.outcomeWithoutOrganization = outcomeWithoutOrganization
    self.decider = decider
    self.policy = policy
    self.traits = traits
  }
}

/// The id of an event: a GUID.
public struct EventID: Sendable, Hashable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A random (version 4) GUID.
  public init(_ random: RandomSource) {
    high = random.next() & ~0xF000 | 0x4000
    low = random.next() & ~(0xC000 << 48) | (0x8000 << 48)
  }

  /// Reads the form with hyphens, in lower case; nothing for any other text.
  public init?(_ text: String) {
    guard text.utf8.count == 36 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    var count = 0
    for (index, byte) in text.utf8.enumerated() {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard byte == 45 else { return nil }
        continue
      }
      let digit: UInt64
      switch byte {
      case 48...57: digit = UInt64(byte - 48)
      case 97...102: digit = UInt64(byte - 87)
      default: return nil
      }
      if count < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
      count += 1
    }
    high = words.0
    low = words.1
  }

  public var description: String {
    let digits: StaticString = "0123456789abcdef"
    return String(unsafeUninitializedCapacity: 36) { buffer in
      var position = 0
      for nibble in 0..<32 {
        if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
          buffer[position] = 45
          position += 1
        }
        let word = nibble < 16 ? high : low
        buffer[position] = digits.utf8Start[Int(word >> UInt64((15 - nibble % 16) * 4) & 15)]
        position += 1
      }
      return 36
    }
  }
}

extension Caller.Kind {
  /// The caller as policies see him.
  func principal(
    account: AccountID?, arn: String, userID: String, isInManagementAccount: Bool = false
  ) -> Principal {
    let identity: Principal.Identity =
      switch self {
      case .anonymous: .anonymous
      case .root: .root(account: account?.rawValue ?? "")
      case .user(_, let id): .user(arn: arn, id: id)
      case .assumedRole(let roleARN, let roleID, let name):
        .roleSession(arn: arn, roleARN: roleARN, roleID: roleID, name: name)
      case .federatedUser(_, let issuer): .federatedUser(arn: arn, id: userID, userARN: issuer)
      case .service(let name): .service(name)
      }
    return Principal(identity, isInManagementAccount: isInManagementAccount)
  }
}

extension Caller {
  /// The caller as policies see him.
  /// - Parameter isInManagementAccount: whether the caller's account is its organization's management account.
  public func principal(isInManagementAccount: Bool = false) -> Principal {
    kind.principal(account: account, arn: arn, userID: userID, isInManagementAccount: isInManagementAccount)
  }
}
